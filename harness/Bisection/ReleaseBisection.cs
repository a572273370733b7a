using Harness.Analysis;
using Harness.Kernels;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>Over releases: boots both ends, then as few kernels between them as it takes; or, for all transitions, each once.</summary>
/// <param name="directory">The bisection's, which evidence is named from.</param>
public sealed class ReleaseBisection(ReleaseQuestion question, KernelMeasurer measurer, string directory, Action<BisectEvent> tell)
{
    private readonly List<PlannedKernel> _kernels = [.. question.Kernels];
    private readonly Dictionary<string, MeasuredKernel> _measured = new(StringComparer.Ordinal);
    private readonly List<ReleaseStep> _steps = [];

    /// <summary>Interrupted, it says so and keeps what was measured.</summary>
    public async Task<ReleaseFindings> RunAsync(CancellationToken cancellation)
    {
        tell(new BisectEvent.Started(question.Case, _kernels.Count, question.MostBoots, directory));
        try
        {
            return question.All ? await SurveyAsync(cancellation).ConfigureAwait(false) : await SearchAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Findings(new ReleaseAnswer(BisectResult.Interrupted,
                $"interrupted after {_steps.Count} kernels; the same command goes on, and boots none of those again that gave a verdict", null, null, []));
        }
    }

    private async Task<ReleaseFindings> SearchAsync(CancellationToken cancellation)
    {
        // The ends are asked for by name: no other kernel stands in for them.
        await MeasureAsync([_kernels[0] with { StandIns = [] }, _kernels[^1] with { StandIns = [] }], cancellation).ConfigureAwait(false);
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
        var rows = Causes.Explain([.. _kernels.Select(k => _measured[k.Kernel.Id].Result).Order(KernelOrder.Instance)]);
        var transitions = Transitions.Of(rows).Select(t => ReleaseTransition.Of(t, UntestedBetween(t))).ToList();
        var errors = Transitions.OfErrors(rows).Select(t => ReleaseTransition.Of(t, UntestedBetween(t))).ToList();
        return Findings(AnswerOfAll([.. transitions, .. errors])) with { Transitions = transitions, ErrorChanges = errors };
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
                if (CountsForNothing(kernel))
                {
                    _kernels.RemoveAll(k => k.Kernel.Id == kernel.Kernel.Id);
                }
            }
        }
    }

    /// <summary>As in a run: a kernel that a rule chose, and that the archive lists and does not serve; an end was asked for by name.</summary>
    private bool CountsForNothing(MeasuredKernel measured) =>
        measured.Result is { Status: KernelStatus.Unavailable, AsExpected: true } && measured.Kernel.Id != question.Good && measured.Kernel.Id != question.Bad;

    /// <summary>A kernel that stands in for one that is not served takes its own place in the order, if that is between the ends.</summary>
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

    private Measurement? MeasurementOf(string id) => _measured.TryGetValue(id, out var kernel) ? Measurement.Of(kernel.Result, question.Case) : null;

    private ReleaseAnswer? AnswerOfEnds()
    {
        BisectKernel[] ends = [Named(_kernels[0].Kernel), Named(_kernels[^1].Kernel)];
        if (ends.FirstOrDefault(e => e.Verdict is null) is { } untestable)
        {
            return new ReleaseAnswer(BisectResult.EndUntestable, $"{Words(untestable)} cannot be tested ({untestable.Problem}); give another end", ends[0], ends[1], []);
        }
        return ends[0].Verdict != ends[1].Verdict ? null : new ReleaseAnswer(BisectResult.EndsAgree,
            $"the ends agree on {question.Case}: {Words(ends[0])} and {Words(ends[1])} both say {ends[0].Verdict}; `--all` finds changes between them", ends[0], ends[1], []);
    }

    private ReleaseAnswer Answer(SearchStep.Answer found)
    {
        var (from, to) = (Named(_kernels[found.Older].Kernel), Named(_kernels[found.Newer].Kernel));
        var between = found.Between.Select(i => Named(_kernels[i].Kernel)).ToList();
        var which = question.Good == _kernels[0].Kernel.Id ? "good" : "bad";
        var change = $"{question.Case} changed between {Words(from)}, the last {which} one ({from.Verdict}), and {Words(to)} ({to.Verdict})";
        return between.Count == 0
            ? new ReleaseAnswer(BisectResult.Found, change, from, to, between)
            : new ReleaseAnswer(BisectResult.Range, $"{change}; where exactly is open, since what lies between tells nothing: "
                + string.Join(", ", between.Select(k => $"{Words(k)} ({k.Verdict?.ToString() ?? k.Problem})")), from, to, between);
    }

    private ReleaseAnswer AnswerOfAll(IReadOnlyList<ReleaseTransition> transitions)
    {
        var ends = new[] { _kernels[0].Kernel, _kernels[^1].Kernel }.Where(k => _measured[k.Id].Result.Cases.Count == 0).ToList();
        if (ends.Count > 0)
        {
            var untestable = Named(ends[0]);
            return new ReleaseAnswer(BisectResult.EndUntestable, $"{Words(untestable)} cannot be tested ({untestable.Problem}); what the others say is listed", null, null, [untestable]);
        }
        var places = transitions.Select(t => (t.From.Kernel, t.To.Kernel)).Distinct().Count();
        var open = transitions.SelectMany(t => t.Untested).Distinct().Select(id => Named(_kernels.Single(k => k.Kernel.Id == id).Kernel)).ToList();
        return (transitions.Count, open.Count) switch
        {
            (0, _) => new ReleaseAnswer(BisectResult.EndsAgree, $"{question.Case}: all {_measured.Values.Count(m => m.Result.Cases.Count > 0)} kernels that could be tested agree", null, null, []),
            (var n, 0) => new ReleaseAnswer(BisectResult.Found, $"{question.Case}: {n} changes between {places} pairs of neighbours", null, null, []),
            var (n, _) => new ReleaseAnswer(BisectResult.Range, $"{question.Case}: {n} changes between {places} pairs of kernels; between some lies what could not be tested: "
                + string.Join(", ", open.Select(Words)), null, null, open),
        };
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

    /// <summary>The id, and the version where the id does not tell it.</summary>
    private static string Words(BisectKernel kernel) =>
        kernel.Version is null || kernel.Kernel.Contains(kernel.Version, StringComparison.Ordinal) ? kernel.Kernel : $"{kernel.Kernel} ({kernel.Version})";

    private ReleaseStep Step(MeasuredKernel measured)
    {
        var result = measured.Result;
        var measurement = Measurement.Of(result, question.Case);
        var several = question.All && result.Cases.Count > 0 && result.Cases.All(c => c.Id != question.Case);
        return new ReleaseStep(measurer.Batches, result.Id, result.Version, measurement.Verdict, several ? null : measurement.Problem,
            measured.Remembered, result.Seconds,
            measured.Console is null ? null : Relative(measured.Console),
            measured.Evidence is null ? null : Relative(measured.Evidence));
    }

    private string Relative(string path) => Path.GetRelativePath(directory, path);

    private ReleaseFindings Findings(ReleaseAnswer answer) => new(answer, _steps);
}
