using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>What was said about cases, word for word: each text once, with its cases and its kernels.</summary>
internal static class QuotedEvidence
{
    /// <summary>
    /// Texts that stand below one point. A verifier's log differs a little from series to series; whoever wants all of
    /// them finds them in the page and in results.json.
    /// </summary>
    private const int Most = 4;

    /// <param name="results">Those that one point is about.</param>
    public static IEnumerable<Block> Of(
        IEnumerable<(KernelResult Kernel, CaseResult Result)> results, KernelNames names, ProbeList probes)
    {
        var texts = results.Where(r => r.Result.Evidence is not null).GroupBy(r => r.Result.Evidence!)
            .OrderByDescending(g => g.Count()).ToList();
        foreach (var text in texts.Take(Most))
        {
            var cases = string.Join(", ", CasePatterns.Of(text.Select(r => r.Result.Id), probes));
            yield return new Block.Quote($"What {cases} said on {names.Of(text.Select(r => r.Kernel))}", text.Key);
        }
        if (texts.Count > Most)
        {
            yield return new Block.Paragraph(
                $"{Words.Count(texts.Count - Most, "further text")} of these cases: see results.json.");
        }
    }
}
