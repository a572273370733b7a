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
            yield return new(_package, "complete", TestOutcome.Error, "interrupted", "the run was interrupted");
        }
        var ending = RunEndings.Of(Document);
        if (ending == RunEnding.NothingTested)
        {
            yield return new(_package, "kernels", TestOutcome.Error, "unavailable", RunEndings.InWords(ending));
        }
        foreach (var left in Document.Run.NotAsked ?? [])
        {
            yield return new(_package, left.What, TestOutcome.Error, "not_asked", left.Why);
        }
        if (ending == RunEnding.Changed)
        {
            var baseline = Document.Baseline!.Older.Id;
            var message = $"something changed since {baseline}";
            yield return new(_package, "baseline", TestOutcome.Failure, "changed", message);
        }
    }

    private JUnitCase Of(CaseResult result)
    {
        var package = story.Probes.Of(result.Id)?.Words.JUnit ?? _package;
        var (outcome, message) = strict ? CaseVerdict.Strictly(result) : CaseVerdict.Of(result);
        return outcome == TestOutcome.Passed
            ? new(package, result.Id, outcome)
            : new(package, result.Id, outcome, Words.Of(result.Status), message, Details(result), result.Evidence);
    }

    private JUnitCase OfItself(KernelResult kernel)
    {
        var foreseen = !strict && kernel.AsExpected;
        var words = Words.Of(kernel);
        return new(_package, KernelCase, foreseen ? TestOutcome.Skipped : TestOutcome.Error,
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
