using System.Globalization;
using System.Text.Json;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis;

/// <summary>How verdicts, kernels' ends and numbers are called where people read them.</summary>
public static class Words
{
    public const string BootedPlain = "booted as its vendor ships it, without the parameters that only save time: "
        + "with them it did not reach the prober when that was last tried";

    /// <summary>Behind a number of kernels.</summary>
    public const string BootedUnpacked = ": unpacked by the harness, and booted without the code by which an image "
        + "unpacks itself (with --plain the image does it)";

    /// <summary>Between a number of kernels and their names.</summary>
    public const string Warm = ": restored from a snapshot of this machine in place of a boot";

    /// <summary>Between a number of kernels and their names.</summary>
    public const string Waited = ": booted so that they could be saved, and handed their programs then";

    private const string Accepted = "accepted";
    private const string Rejected = "rejected";
    private const string NotApplicable = "not applicable";
    private const string NoVerdict = "no verdict";
    private const string Flaky = "flaky";
    private const string Killed = "killed the kernel";

    /// <summary><c>1 kernel</c>, <c>2 kernels</c>.</summary>
    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>As in results.json, with spaces: <c>boot failed</c>.</summary>
    public static string Of(KernelStatus status) => Spaced(status.ToString());

    public static string Of(CaseStatus status) => Spaced(status.ToString());

    public static string Of(Outcome outcome) => outcome == Outcome.Accept ? Accepted : Rejected;

    public static string Of(CaseEnd end) => Of(end.Status, end.Outcome, end.Step, end.Errno);

    public static string Of(TransitionEnd end) => Of(end.Status, end.Outcome, end.Step, end.Errno);

    /// <summary>What a kernel answered: <c>rejected at update with EINVAL</c>.</summary>
    public static string Of(CaseStatus status, Outcome? outcome, string? step, string? errno) =>
        step == Probe.CrashStep ? Killed
            : Answer(status, outcome) + (status == CaseStatus.Flaky || Accepts(status, outcome) ? "" : At(step, errno));

    /// <summary>What a kernel did, where only its status and what is wanted of it are known.</summary>
    public static string Verb(CaseStatus status, Outcome want) => (status, want) switch
    {
        (CaseStatus.Pass, Outcome.Accept) or (CaseStatus.Fail, Outcome.Reject) => Accepted,
        (CaseStatus.Pass, Outcome.Reject) or (CaseStatus.Fail, Outcome.Accept) => Rejected,
        (CaseStatus.Skip, _) => NotApplicable,
        (CaseStatus.Flaky, _) => Flaky,
        _ => NoVerdict,
    };

    /// <summary>"rejected at update with EINVAL, wanted accepted", with the reason where there is one.</summary>
    public static string Answer(CaseResult result) =>
        (result.Step == Probe.CrashStep ? Killed
            : Answer(result.Status, result.Outcome) + At(result.Step, result.Errno))
        + Wanted(result) + Because(result.Reason);

    /// <summary>
    /// The same of a result that is not as wanted, as a heading for many: only what is missing is explained.
    /// </summary>
    public static string Failure(CaseResult result) => result.Status switch
    {
        CaseStatus.Flaky => Flaky,
        CaseStatus.Error => $"{NoVerdict}{AtWith(result.Step, result.Errno)}{Because(result.Reason)}",
        _ when result.Step == Probe.CrashStep => $"{Killed}, wanted {Of(result.Want)}",
        _ when result.Outcome == Outcome.Reject =>
            $"{Rejected}{AtWith(result.Step, result.Errno)}, wanted {Accepted}",
        _ => $"{Accepted}, wanted {Rejected}",
    };

    /// <summary>" at update with EINVAL", " at exit"; empty without a step.</summary>
    public static string At(string? step, string? errno) =>
        step is null ? "" : $" at {step}{(errno is null ? "" : $" with {errno}")}";

    /// <summary>" at update with EINVAL", or that there was no errno; empty without a step.</summary>
    public static string AtWith(string? step, string? errno) =>
        step is null ? "" : step == Probe.CrashStep ? $" at {step}" : $" at {step} with {errno ?? "no errno"}";

    /// <summary>"boot failed: panic"; "tested, and complained: WARNING: …".</summary>
    public static string Of(KernelResult kernel) => Of(kernel.Status) + Because(kernel.Reason)
        + (Complained(kernel) is { } complained ? $", and {complained}" : "")
        + (KnownRows.Disagreement(kernel) is { } disagreement ? $", and {disagreement}" : "");

    /// <summary>
    /// "complained: WARNING: … (and 2 more)", of what no expectation foresees; <c>null</c> if that is nothing.
    /// </summary>
    public static string? Complained(KernelResult kernel) =>
        kernel.Complaints.Where(c => !c.AsExpected).ToList() is { Count: var count and > 0 } unforeseen
            ? $"complained: {unforeseen[0].Text}" + (count == 1 ? "" : $" (and {count - 1} more)")
            : null;

    /// <summary>"warning in line 12 of its console, while asked raw.a: WARNING: …".</summary>
    public static string Of(Complaint complaint) => $"{Spaced(complaint.Kind.ToString())} in line "
        + complaint.Line.ToString(CultureInfo.InvariantCulture) + " of its console"
        + (complaint.Case is null ? "" : $", while asked {complaint.Case}") + $": {complaint.Text}"
        + (complaint.Cause is null ? "" : $" ({complaint.Cause})");

    /// <summary>The mark of a case's status; no verdict and two different verdicts look alike.</summary>
    public static Mark MarkOf(CaseStatus status) => status switch
    {
        CaseStatus.Pass => Mark.Pass,
        CaseStatus.Fail => Mark.Fail,
        CaseStatus.Skip => Mark.Skip,
        _ => Mark.Error,
    };

    private static bool Accepts(CaseStatus status, Outcome? outcome) =>
        status is CaseStatus.Pass or CaseStatus.Fail && outcome == Outcome.Accept;

    private static string Answer(CaseStatus status, Outcome? outcome) => (status, outcome) switch
    {
        (CaseStatus.Skip, _) => NotApplicable,
        (CaseStatus.Flaky, _) => Flaky,
        (CaseStatus.Error, _) => NoVerdict,
        (_, Outcome.Accept) => Accepted,
        _ => Rejected,
    };

    private static string Wanted(CaseResult result) =>
        result.Status == CaseStatus.Fail ? $", wanted {Of(result.Want)}" : "";

    private static string Because(string? reason) => reason is null ? "" : $": {reason}";

    private static string Spaced(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace('_', ' ');
}
