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
    private readonly MeasuredKernels _kernels = new(question);
    private readonly List<ReleaseStep> _steps = [];

    private ReleaseAnswers Answers => new(
        question, _kernels,
        measurer.Probes.Of(question.Case)?.OptionsFor(cases => cases.Matches(question.Case)) ?? KernelOptions.None);

    /// <summary>An interruption is an answer, too; what was measured is kept.</summary>
    public async Task<ReleaseFindings> RunAsync(CancellationToken cancellation)
    {
        tell(new BisectEvent.Started(question.Case, _kernels.All.Count, question.MostBoots, directory));
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
        PlannedKernel[] ends = [_kernels.All[0] with { StandIns = [] }, _kernels.All[^1] with { StandIns = [] }];
        await MeasureAsync(ends, cancellation).ConfigureAwait(false);
        if (Answers.OfEnds() is { } answer)
        {
            return Findings(answer);
        }
        while (true)
        {
            switch (ReleaseSearch.Next([.. _kernels.All.Select(k => _kernels.MeasurementOf(k.Kernel.Id))]))
            {
                case SearchStep.Test test:
                    tell(new BisectEvent.Narrowed(_kernels.Left, test.Left));
                    await MeasureAsync([_kernels.All[test.Place]], cancellation).ConfigureAwait(false);
                    break;
                case SearchStep.Answer found:
                    return Findings(Answers.Of(found));
            }
        }
    }

    private async Task<ReleaseFindings> SurveyAsync(CancellationToken cancellation)
    {
        await MeasureAsync(_kernels.All, cancellation).ConfigureAwait(false);
        var rows = Causes.Explain(
            [.. _kernels.All.Select(k => _kernels.RowOf(k.Kernel)).Order(KernelOrder.Instance)], measurer.Probes);
        var transitions = Transitions.Of(rows).Select(WithUntested).ToList();
        var errors = Transitions.OfErrors(rows).Select(WithUntested).ToList();
        var answer = Answers.OfAll([.. transitions, .. errors]);
        return Findings(answer) with { Transitions = transitions, ErrorChanges = errors };

        ReleaseTransition WithUntested(Transition transition) =>
            ReleaseTransition.Of(transition, _kernels.UntestedBetween(transition));
    }

    private async Task MeasureAsync(IReadOnlyList<PlannedKernel> kernels, CancellationToken cancellation)
    {
        tell(new BisectEvent.Testing(measurer.Batches + 1, [.. kernels.Select(k => k.Kernel.Id)]));
        var measured = await measurer.MeasureAsync(kernels, cancellation).ConfigureAwait(false);
        foreach (var kernel in measured.OrderBy(m => m.Kernel, Comparer<Kernel>.Create(ReleaseQuestion.Compare)))
        {
            if (_kernels.Take(kernel))
            {
                _steps.Add(Step(kernel));
                tell(new BisectEvent.Tested(_steps[^1]));
            }
        }
    }

    private ReleaseStep Step(MeasuredKernel measured)
    {
        var result = measured.Result;
        var measurement = Measurement.Of(result, question.Case);
        var several = question.All && result.Cases.Count > 0 && result.Cases.All(c => c.Id != question.Case);
        return new ReleaseStep(measurer.Batches, result.Id, result.Version, measurement.Verdict,
            several ? null : measurement.Problem, measured.Remembered, result.Seconds,
            Relative(measured.Evidence.Console), Relative(measured.Evidence.Ktap));
    }

    private string? Relative(string? path) => path is null ? null : Path.GetRelativePath(directory, path);

    private ReleaseFindings Findings(ReleaseAnswer answer) => new(answer, _steps);
}
