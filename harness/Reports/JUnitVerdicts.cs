using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>Turns the results of a run into what a JUnit report says of them.</summary>
/// <param name="strict">Whether a result counts as a failure though it is as expected.</param>
internal sealed class JUnitVerdicts(RunStory story, bool strict)
{
    /// <summary>The case that stands for a kernel, and the case that stands for the run.</summary>
    private const string KernelCase = "kernel";

    private readonly string _package = string.Join(
        '-', [.. story.Probes.AskedBy(story.Document.Run).Select(p => p.Words.JUnit)]);

    public RunDocument Document => story.Document;

    /// <summary>The probes' names for their suites, and the run.</summary>
    public string Name => string.Join(
        ' ', [.. story.Probes.AskedBy(Document.Run).Select(p => p.Words.JUnit), Document.Run.Id]);

    /// <summary>The cases of a kernel, and one for the kernel itself if something is to be said of it.</summary>
    public IEnumerable<JUnitCase> Of(KernelResult kernel)
    {
        foreach (var result in kernel.Cases)
        {
            yield return Of(result);
        }
        // It was not tested to its end, or it complained.
        if (kernel.Status != KernelStatus.Tested || !kernel.AsExpected)
        {
            yield return OfItself(kernel);
        }
    }

    /// <summary>
    /// What no kernel's suite says, and why the exit code of the run is not 0: it was interrupted, nothing was tested,
    /// or something has changed since the baseline.
    /// </summary>
    public IEnumerable<JUnitCase> OfRun()
    {
        if (strict)
        {
            yield break;
        }
        if (!Document.Run.Complete)
        {
            yield return new(_package, "complete", JUnitOutcome.Error, "interrupted", "the run was interrupted");
        }
        var ending = RunEndings.Of(Document);
        if (ending == RunEnding.NothingTested)
        {
            yield return new(_package, "kernels", JUnitOutcome.Error, "unavailable", RunEndings.InWords(ending));
        }
        foreach (var left in Document.Run.NotAsked ?? [])
        {
            yield return new(_package, left.What, JUnitOutcome.Error, "not_asked", left.Why);
        }
        if (ending == RunEnding.Changed)
        {
            var baseline = Document.Baseline!.Older.Id;
            var message = $"something changed since {baseline}";
            yield return new(_package, "baseline", JUnitOutcome.Failure, "changed", message);
        }
    }

    private JUnitCase Of(CaseResult result)
    {
        var package = story.Probes.Of(result.Id)?.Words.JUnit ?? _package;
        var outcome = strict ? Strictly(result.Status) : Expectedly(result);
        return outcome == JUnitOutcome.Passed
            ? new(package, result.Id, outcome)
            : new(package, result.Id, outcome, Words.Of(result.Status), Message(result), Details(result),
                result.Evidence);
    }

    private static JUnitOutcome Strictly(CaseStatus status) => status switch
    {
        CaseStatus.Pass => JUnitOutcome.Passed,
        CaseStatus.Skip => JUnitOutcome.Skipped,
        CaseStatus.Fail => JUnitOutcome.Failure,
        _ => JUnitOutcome.Error,
    };

    /// <summary>A case that passes or is skipped where something else is expected is a failure, too.</summary>
    private static JUnitOutcome Expectedly(CaseResult result) => (result.AsExpected, result.Status) switch
    {
        (true, CaseStatus.Pass) => JUnitOutcome.Passed,
        (true, _) => JUnitOutcome.Skipped,
        (false, CaseStatus.Error or CaseStatus.Flaky) => JUnitOutcome.Error,
        _ => JUnitOutcome.Failure,
    };

    private string Message(CaseResult result)
    {
        var answer = Words.Answer(result);
        return (strict, result.AsExpected) switch
        {
            (true, true) => $"{answer}, as expected",
            (true, false) => answer,
            (false, true) => $"expected: {answer}",
            _ when result.Status == result.Expected => $"{answer}, and another step or errno is expected",
            // A failure says by itself that a pass is expected.
            _ when result.Expected == CaseStatus.Pass && result.Status != CaseStatus.Skip => answer,
            _ => $"{answer}, and {Words.Of(result.Expected)} is expected",
        };
    }

    private JUnitCase OfItself(KernelResult kernel)
    {
        var foreseen = !strict && kernel.AsExpected;
        var words = Words.Of(kernel);
        return new(_package, KernelCase, foreseen ? JUnitOutcome.Skipped : JUnitOutcome.Error,
            kernel.Status == KernelStatus.Tested ? "complained" : Words.Of(kernel.Status),
            foreseen ? $"expected: {words}" : words, Output: kernel.ConsoleExcerpt);
    }

    private static string Details(CaseResult result)
    {
        if (result.Status == CaseStatus.Skip)
        {
            return ""; // Its reason says what the kernel lacks.
        }
        var details = new[] { ("Cause", result.Cause), ("Workaround", result.Workaround), ("Source", result.Source) };
        return string.Join(' ', details.Where(d => d.Item2 is not null).Select(d => $"{d.Item1}: {d.Item2}"));
    }
}
