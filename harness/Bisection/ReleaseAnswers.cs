using Harness.Kernels;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>Puts what a bisection over releases measured into an answer: its kind, and a sentence.</summary>
/// <param name="options">What kernels are built with that are asked the case.</param>
internal sealed class ReleaseAnswers(ReleaseQuestion question, MeasuredKernels kernels, KernelOptions options)
{
    /// <summary>The answer that the ends give; <c>null</c> when there is a change between them to look for.</summary>
    public ReleaseAnswer? OfEnds()
    {
        BisectKernel[] ends = [kernels.Named(kernels.All[0].Kernel), kernels.Named(kernels.All[^1].Kernel)];
        if (ends.FirstOrDefault(e => e.Verdict is null) is { } untestable)
        {
            return new ReleaseAnswer(BisectResult.EndUntestable,
                $"{Words(untestable)} cannot be tested ({untestable.Problem}); give another end", ends[0], ends[1], []);
        }
        if (ends.All(e => e.Verdict!.Outcome is null))
        {
            var sentence = SkippedEnds.Sentence(question.Case, (Words(ends[0]), ends[0].SkipReason),
                (Words(ends[1]), ends[1].SkipReason), options);
            return new ReleaseAnswer(BisectResult.EndUntestable, sentence, ends[0], ends[1], []);
        }
        return ends[0].Verdict != ends[1].Verdict ? null : new ReleaseAnswer(BisectResult.EndsAgree,
            $"the ends agree on {question.Case}: {Words(ends[0])} and {Words(ends[1])} both say {ends[0].Verdict}; "
                + "`--all` finds changes between them", ends[0], ends[1], []);
    }

    /// <summary>The answer of a search that came to its end.</summary>
    public ReleaseAnswer Of(SearchStep.Answer found)
    {
        var from = kernels.Named(kernels.All[found.Older].Kernel);
        var to = kernels.Named(kernels.All[found.Newer].Kernel);
        var between = found.Between.Select(i => kernels.Named(kernels.All[i].Kernel)).ToList();
        var goodIsNewer = question.Good != kernels.All[0].Kernel.Id;
        var which = goodIsNewer ? "bad" : "good";
        var change = $"{question.Case} changed between {Words(from)}, the last {which} one ({from.Verdict}), "
            + $"and {Words(to)} ({to.Verdict})";
        if (between.Count == 0)
        {
            return new ReleaseAnswer(BisectResult.Found, change, from, to, between) { GoodIsNewer = goodIsNewer };
        }
        var list = string.Join(", ", between.Select(k => $"{Words(k)} ({k.Verdict?.ToString() ?? k.Problem})"));
        var sentence = $"{change}; where exactly is open, since what lies between tells nothing: {list}";
        return new ReleaseAnswer(BisectResult.Range, sentence, from, to, between) { GoodIsNewer = goodIsNewer };
    }

    /// <summary>The answer of a bisection that booted every kernel.</summary>
    public ReleaseAnswer OfAll(IReadOnlyList<ReleaseTransition> transitions)
    {
        Kernel[] ends = [kernels.All[0].Kernel, kernels.All[^1].Kernel];
        if (ends.FirstOrDefault(k => kernels.RowOf(k).Cases.Count == 0) is { } end)
        {
            var untestable = kernels.Named(end);
            return Of(BisectResult.EndUntestable,
                $"{Words(untestable)} cannot be tested ({untestable.Problem}); what the others say is listed",
                untestable);
        }
        var places = transitions.Select(t => (t.From.Kernel, t.To.Kernel)).Distinct().Count();
        var open = transitions.SelectMany(t => t.Untested).Distinct()
            .Select(id => kernels.Named(kernels.All.Single(k => k.Kernel.Id == id).Kernel)).ToList();
        var tested = kernels.Measured.Count(m => m.Result.Cases.Count > 0);
        if (kernels.Measured.SelectMany(m => m.Result.Cases).All(c => c.Status == CaseStatus.Skip))
        {
            return Of(BisectResult.EndUntestable,
                $"{question.Case}: none of the {tested} kernels that could be tested has what is needed");
        }
        return (transitions.Count, open.Count) switch
        {
            (0, _) => Of(BisectResult.EndsAgree, $"{question.Case}: all {tested} kernels that could be tested agree"),
            (var n, 0) => Of(BisectResult.Found, $"{question.Case}: {n} changes between {places} pairs of neighbours"),
            var (n, _) => Of(BisectResult.Range,
                $"{question.Case}: {n} changes between {places} pairs of kernels; "
                + $"between some lies what could not be tested: {string.Join(", ", open.Select(Words))}", [.. open]),
        };

        static ReleaseAnswer Of(BisectResult result, string sentence, params IReadOnlyList<BisectKernel> between) =>
            new(result, sentence, null, null, between);
    }

    /// <summary>The id, followed by the version when the id does not contain it.</summary>
    private static string Words(BisectKernel kernel) =>
        kernel.Version is null || kernel.Kernel.Contains(kernel.Version, StringComparison.Ordinal)
            ? kernel.Kernel
            : $"{kernel.Kernel} ({kernel.Version})";
}
