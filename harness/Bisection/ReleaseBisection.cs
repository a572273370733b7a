using Harness.Analysis;
using Harness.Kernels;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>
/// Bisects over releases: boots both ends, then as few kernels between them as it takes. With <c>--all</c>, it boots
/// each kernel once and reports every change.
/// </summary>
/// <param name="directory">The bisection's directory; paths of evidence are relative to it.</param>
public sealed class ReleaseBisection(
    ReleaseQuestion question, KernelMeasurer measurer, string directory, Action<BisectEvent> tell)
{
    private readonly List<PlannedKernel> _kernels = [.. question.Kernels];
    private readonly Dictionary<string, MeasuredKernel> _measured = new(StringComparer.Ordinal);
    private readonly List<ReleaseStep> _steps = [];

    /// <summary>An interruption is an answer, too; what was measured is kept.</summary>
    public async Task<ReleaseFindings> RunAsync(CancellationToken cancellation)
    {
        tell(new BisectEvent.Started(question.Case, _kernels.Count, question.MostBoots, directory));
        try
        {
            return question.All
                ? await SurveyAsync(cancellation).ConfigureAwait(false)
                : await SearchAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Findings(new ReleaseAnswer(BisectResult.Interrupted,
                $"interrupted after {_steps.Count} kernels; the same command goes on, and boots none of those again "
                    + "that gave a verdict", null, null, []));
        }
    }

    private async Task<ReleaseFindings> SearchAsync(CancellationToken cancellation)
    {
        // The user named the ends, so no other kernel may stand in for them.
        await MeasureAsync([_kernels[0] with { StandIns = [] }, _kernels[^1] with { StandIns = [] }], cancellation)
            .ConfigureAwait(false);
        if (AnswerOfEnds() is { } answer)
        {
            return Findings(answer);
        }
        while (true)
        {
            switch (ReleaseSearch.Next([.. _kernels.Select(k => MeasurementOf(k.Kernel.Id))]))
            {
                case SearchStep.Test test:
                    tell(new BisectEvent.Narrowed(_kernels.Count(k => !_measured.ContainsKey(k.Kernel.Id)), test.Left));
                    await MeasureAsync([_kernels[test.Place]], cancellation).ConfigureAwait(false);
                    break;
                case SearchStep.Answer found:
                    return Findings(Answer(found));
            }
        }
    }

    private async Task<ReleaseFindings> SurveyAsync(CancellationToken cancellation)
    {
        await MeasureAsync(_kernels, cancellation).ConfigureAwait(false);
        var rows = Causes.Explain(
            [.. _kernels.Select(k => _measured[k.Kernel.Id].Result).Order(KernelOrder.Instance)], measurer.Probes);
        var transitions = Transitions.Of(rows).Select(t => ReleaseTransition.Of(t, UntestedBetween(t))).ToList();
        var errors = Transitions.OfErrors(rows).Select(t => ReleaseTransition.Of(t, UntestedBetween(t))).ToList();
        var answer = AnswerOfAll([.. transitions, .. errors]);
        return Findings(answer) with { Transitions = transitions, ErrorChanges = errors };
    }

    private async Task MeasureAsync(IReadOnlyList<PlannedKernel> kernels, CancellationToken cancellation)
    {
        tell(new BisectEvent.Testing(measurer.Batches + 1, [.. kernels.Select(k => k.Kernel.Id)]));
        var measured = await measurer.MeasureAsync(kernels, cancellation).ConfigureAwait(false);
        foreach (var kernel in measured.OrderBy(m => m.Kernel, Comparer<Kernel>.Create(ReleaseQuestion.Compare)))
        {
            if (Place(kernel.Kernel))
            {
                _measured[kernel.Kernel.Id] = kernel;
                _steps.Add(Step(kernel));
                tell(new BisectEvent.Tested(_steps[^1]));
                if (IsLeftOut(kernel))
                {
                    _kernels.RemoveAll(k => k.Kernel.Id == kernel.Kernel.Id);
                }
            }
        }
    }

    /// <summary>
    /// As in a run, a kernel is left out when a rule chose it and the archive lists it but does not serve it. The ends
    /// are never left out: the user named them.
    /// </summary>
    private bool IsLeftOut(MeasuredKernel measured) =>
        measured.Result is { Status: KernelStatus.Unavailable, AsExpected: true }
        && measured.Kernel.Id != question.Good && measured.Kernel.Id != question.Bad;

    /// <summary>
    /// Gives a kernel that stands in for another its own place in the order.
    /// </summary>
    private bool Place(Kernel kernel)
    {
        if (_kernels.Any(k => k.Kernel.Id == kernel.Id))
        {
            return true;
        }
        var at = _kernels.FindIndex(k => ReleaseQuestion.Compare(kernel, k.Kernel) < 0);
        if (at <= 0)
        {
            return false;
        }
        _kernels.Insert(at, new PlannedKernel(kernel));
        return true;
    }

    private Measurement? MeasurementOf(string id) =>
        _measured.TryGetValue(id, out var kernel) ? Measurement.Of(kernel.Result, question.Case) : null;

    private ReleaseAnswer? AnswerOfEnds()
    {
        BisectKernel[] ends = [Named(_kernels[0].Kernel), Named(_kernels[^1].Kernel)];
        if (ends.FirstOrDefault(e => e.Verdict is null) is { } untestable)
        {
            return new ReleaseAnswer(BisectResult.EndUntestable,
                $"{Words(untestable)} cannot be tested ({untestable.Problem}); give another end", ends[0], ends[1], []);
        }
        return ends[0].Verdict != ends[1].Verdict ? null : new ReleaseAnswer(BisectResult.EndsAgree,
            $"the ends agree on {question.Case}: {Words(ends[0])} and {Words(ends[1])} both say {ends[0].Verdict}; "
                + "`--all` finds changes between them", ends[0], ends[1], []);
    }

    private ReleaseAnswer Answer(SearchStep.Answer found)
    {
        var (from, to) = (Named(_kernels[found.Older].Kernel), Named(_kernels[found.Newer].Kernel));
        var between = found.Between.Select(i => Named(_kernels[i].Kernel)).ToList();
        var which = question.Good == _kernels[0].Kernel.Id ? "good" : "bad";
        var change = $"{question.Case} changed between {Words(from)}, the last {which} one ({from.Verdict}), "
            + $"and {Words(to)} ({to.Verdict})";
        if (between.Count == 0)
        {
            return new ReleaseAnswer(BisectResult.Found, change, from, to, between);
        }
        var list = string.Join(", ", between.Select(k => $"{Words(k)} ({k.Verdict?.ToString() ?? k.Problem})"));
        var sentence = $"{change}; where exactly is open, since what lies between tells nothing: {list}";
        return new ReleaseAnswer(BisectResult.Range, sentence, from, to, between);
    }

    private ReleaseAnswer AnswerOfAll(IReadOnlyList<ReleaseTransition> transitions)
    {
        Kernel[] ends = [_kernels[0].Kernel, _kernels[^1].Kernel];
        if (ends.FirstOrDefault(k => _measured[k.Id].Result.Cases.Count == 0) is { } end)
        {
            var untestable = Named(end);
            return Of(BisectResult.EndUntestable,
                $"{Words(untestable)} cannot be tested ({untestable.Problem}); what the others say is listed",
                untestable);
        }
        var places = transitions.Select(t => (t.From.Kernel, t.To.Kernel)).Distinct().Count();
        var open = transitions.SelectMany(t => t.Untested).Distinct()
            .Select(id => Named(_kernels.Single(k => k.Kernel.Id == id).Kernel)).ToList();
        var tested = _measured.Values.Count(m => m.Result.Cases.Count > 0);
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

    private List<string> UntestedBetween(Transition transition)
    {
        var from = _kernels.FindIndex(k => k.Kernel.Id == transition.From.Kernel);
        var to = _kernels.FindIndex(k => k.Kernel.Id == transition.To.Kernel);
        return [.. _kernels.Skip(from + 1).Take(to - from - 1).Select(k => k.Kernel.Id)
            .Where(id => !_measured[id].Result.Cases.Any(c => c.Id == transition.Case))];
    }

    private BisectKernel Named(Kernel kernel)
    {
        var measurement = MeasurementOf(kernel.Id)!;
        return new BisectKernel(kernel.Id, kernel.Version?.ToString(), measurement.Verdict, measurement.Problem);
    }

    /// <summary>The id, followed by the version when the id does not contain it.</summary>
    private static string Words(BisectKernel kernel) =>
        kernel.Version is null || kernel.Kernel.Contains(kernel.Version, StringComparison.Ordinal)
            ? kernel.Kernel
            : $"{kernel.Kernel} ({kernel.Version})";

    private ReleaseStep Step(MeasuredKernel measured)
    {
        var result = measured.Result;
        var measurement = Measurement.Of(result, question.Case);
        var several = question.All && result.Cases.Count > 0 && result.Cases.All(c => c.Id != question.Case);
        return new ReleaseStep(measurer.Batches, result.Id, result.Version, measurement.Verdict,
            several ? null : measurement.Problem, measured.Remembered, result.Seconds,
            measured.Console is null ? null : Relative(measured.Console),
            measured.Evidence is null ? null : Relative(measured.Evidence));
    }

    private string Relative(string path) => Path.GetRelativePath(directory, path);

    private ReleaseFindings Findings(ReleaseAnswer answer) => new(answer, _steps);
}
