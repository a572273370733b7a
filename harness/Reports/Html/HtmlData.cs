using System.Text;
using System.Text.Json;
using Harness.Analysis;
using Harness.Probes;
using Harness.Results;

namespace Harness.Reports.Html;

/// <summary>
/// All results as the page's script reads them. Kernels differ in few answers and cases in few words, so that a case is
/// its id and runs of the same answer over the kernels, and an answer is a row of indexes into a table of words.
/// </summary>
internal sealed class HtmlData
{
    private const int NotMeasured = -1;

    private readonly RunStory _story;
    private readonly IReadOnlyList<KernelResult> _kernels;
    private readonly IReadOnlyList<CaseFilter> _filters;
    private readonly Numbering<string> _words = new();
    private readonly Numbering<string> _answers = new();
    private readonly List<int[]> _answerRows = [];

    private HtmlData(RunStory story)
    {
        _story = story;
        _kernels = KernelNames.InOrder(story.Document);
        _filters = HtmlVocabulary.Filters(story.Probes.AskedBy(story.Document.Run));
    }

    /// <summary>JSON in which no character means anything to HTML.</summary>
    public static string Write(RunStory story)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) // The default encoder escapes <, >, & and all that is not ASCII.
        {
            new HtmlData(story).Write(json);
        }
        return Encoding.ASCII.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("run", GuestText.Line(_story.Document.Run.Id));
        Kernels(json);
        Questions(json);
        Cases(json);
        json.WriteStartArray("answers");
        foreach (var row in _answerRows)
        {
            json.WriteStartArray();
            Array.ForEach(row, json.WriteNumberValue);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("words");
        _words.All.ForEach(json.WriteStringValue);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Kernels(Utf8JsonWriter json)
    {
        var lineages = new LineageNames(_kernels);
        json.WriteStartArray("kernels");
        foreach (var kernel in _kernels)
        {
            json.WriteStartObject();
            json.WriteString("id", GuestText.Line(kernel.Id));
            json.WriteString("name", GuestText.Line(_story.Names.Of(kernel)));
            json.WriteString("series", GuestText.Line(Histories.SeriesOf(kernel)));
            json.WriteString("arch", GuestText.Line(lineages.WithArch(kernel.Lineage)));
            json.WriteString("source", GuestText.Line(kernel.Source));
            if (kernel.Status != KernelStatus.Tested)
            {
                json.WriteString("status", Words.Of(kernel.Status));
                json.WriteString("reason", GuestText.Line(kernel.Reason ?? ""));
            }
            if (Ranges.IsGap(kernel))
            {
                json.WriteBoolean("gap", true);
            }
            if (kernel.Console is { } console)
            {
                json.WriteString("console", Markdown.Path(console));
                if (kernel.Cases.Count > 0 && KtapBeside(console) is { } ktap)
                {
                    json.WriteString("ktap", Markdown.Path(ktap));
                }
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The report of the boot that a console's log is of; a run directory keeps both.</summary>
    private static string? KtapBeside(string console) =>
        console.StartsWith("console/", StringComparison.Ordinal) && console.EndsWith(".log", StringComparison.Ordinal)
            ? $"ktap/{console["console/".Length..^".log".Length]}.ktap"
            : null;

    /// <summary>Layer, text, title, and whether it is one that people ask first.</summary>
    private void Questions(Utf8JsonWriter json)
    {
        var foremost = _story.Grid.Layers.SelectMany(_story.Grid.Foremost).ToHashSet();
        json.WriteStartArray("questions");
        foreach (var question in _story.Grid.Questions)
        {
            json.WriteStartArray();
            json.WriteStringValue(GuestText.Line(question.Layer));
            json.WriteStringValue(GuestText.Line(question.Text));
            json.WriteStringValue(GuestText.Line(question.Title));
            json.WriteNumberValue(foremost.Contains(question) ? 1 : 0);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>
    /// Id, question, a word for each filter, what follows the id's parts (a word), what is wanted, then runs: an
    /// answer, how many kernels.
    /// </summary>
    private void Cases(Utf8JsonWriter json)
    {
        var places = _story.Grid.Questions.Index().ToDictionary(q => q.Item, q => q.Index);
        var byKernel = _kernels.Select(k => k.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal)).ToList();
        json.WriteStartArray("cases");
        foreach (var id in byKernel.SelectMany(cases => cases.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var parsed = _story.Probes.Parse(id);
            json.WriteStartArray();
            json.WriteStringValue(GuestText.Line(id));
            json.WriteNumberValue(places[_story.Grid.Of(id)]);
            foreach (var part in _filters.Select(parsed.ValueOf).Append(parsed.Rest))
            {
                json.WriteNumberValue(Word(part));
            }
            var results = byKernel.Select(k => k.GetValueOrDefault(id)).ToList();
            json.WriteNumberValue((int)results.First(r => r is not null)!.Want);
            Runs(json, results.Select(r => r is null ? NotMeasured : Answer(r)));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Runs(Utf8JsonWriter json, IEnumerable<int> answers)
    {
        var (last, count) = (NotMeasured, 0);
        foreach (var answer in answers)
        {
            if (count > 0 && answer != last)
            {
                json.WriteNumberValue(last);
                json.WriteNumberValue(count);
                count = 0;
            }
            (last, count) = (answer, count + 1);
        }
        json.WriteNumberValue(last);
        json.WriteNumberValue(count);
    }

    private int Answer(CaseResult result)
    {
        int[] row =
        [
            (int)result.Status, result.Outcome is { } outcome ? (int)outcome : -1, result.AsExpected ? 1 : 0,
            (int)result.Expected,
            Word(result.Step), Word(result.Errno), Word(result.Reason), Word(result.Cause), Word(result.Workaround),
            Word(result.Source),
            // Most answers have none, and their rows are shorter.
            .. result.Evidence is { } evidence ? [Quote(evidence)] : Array.Empty<int>(),
        ];
        var index = _answers.IndexOf(string.Join(',', row));
        if (index == _answerRows.Count)
        {
            _answerRows.Add(row);
        }
        return index;
    }

    private int Quote(string lines) => _words.IndexOf(GuestText.Lines(lines));

    private int Word(string? word) => word is null ? -1 : _words.IndexOf(GuestText.Line(word));

    /// <summary>Numbers values in the order in which they come.</summary>
    private sealed class Numbering<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> _places = [];

        public List<T> All { get; } = [];

        public int IndexOf(T value)
        {
            if (!_places.TryGetValue(value, out var place))
            {
                _places[value] = place = All.Count;
                All.Add(value);
            }
            return place;
        }
    }
}
