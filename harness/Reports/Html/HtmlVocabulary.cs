using System.Text;
using System.Text.Json;
using Harness.Analysis;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Reports.Html;

/// <summary>
/// The words that the page's script speaks with, as a constant at its beginning: signs and verdicts, and how each
/// probe's cases are called and chosen. They are the harness's own, never a guest's.
/// </summary>
internal static class HtmlVocabulary
{
    public static string Of(RunStory story)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) // The default encoder escapes <, >, & and all that is not ASCII.
        {
            Write(json, [.. story.Probes.AskedBy(story.Document.Run)], story.References);
        }
        return $"const vocabulary = {Encoding.ASCII.GetString(bytes.ToArray())};\n";
    }

    /// <summary>The fields by which a reader chooses among the cases of these probes.</summary>
    public static IReadOnlyList<CaseFilter> Filters(IEnumerable<Probe> probes) =>
        [.. probes.SelectMany(p => p.Ids.Filters).DistinctBy(f => f.Name)];

    private static void Write(
        Utf8JsonWriter json, IReadOnlyList<Probe> probes, IReadOnlyList<Reference> references)
    {
        var statuses = Enum.GetValues<CaseStatus>();
        json.WriteStartObject();
        Texts(json, "statuses", statuses.Select(Words.Of));
        Texts(json, "classes", statuses.Select(s => HtmlWords.Class(Words.MarkOf(s))));
        Texts(json, "signs", statuses.Select(s => Signs.Of(Words.MarkOf(s))));
        Texts(json, "accepting", statuses.Select(s => Words.Verb(s, Outcome.Accept)));
        Texts(json, "rejecting", statuses.Select(s => Words.Verb(s, Outcome.Reject)));
        Texts(json, "outcomes", Enum.GetValues<Outcome>().Select(Words.Of));
        Pairs(json, "filters", Filters(probes).Select(f => (f.Name, f.Label)));
        Pairs(json, "references", references.Select(r => (r.Pattern, r.Address)));
        Texts(json, "questions", probes.Select(p => p.Words.Question).Distinct());
        json.WriteStartObject("others");
        foreach (var (layer, words) in probes.SelectMany(p => p.Layers, (probe, layer) => (layer, probe.Words)))
        {
            Texts(json, layer, [words.OtherQuestions, words.Variants]);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }

    private static void Pairs(Utf8JsonWriter json, string name, IEnumerable<(string First, string Second)> pairs)
    {
        json.WriteStartArray(name);
        foreach (var (first, second) in pairs)
        {
            json.WriteStartArray();
            json.WriteStringValue(first);
            json.WriteStringValue(second);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
