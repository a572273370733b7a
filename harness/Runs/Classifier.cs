using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Ktap;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Decides how a VM ended, from its console and its report. It is pure, so that any run can be classified again from
/// the files in its directory. Infrastructure, boot and probe failures never share a status.
/// </summary>
public static partial class Classifier
{
    /// <summary>Of a reason, in characters, with the mark of a cut: it may quote what a guest wrote.</summary>
    private const int LongestReason = 1_000;

    private const string WithoutReport = "the prober ended without a report";

    /// <summary>What begins a line in which the guest's init says what went wrong.</summary>
    internal const string ComplaintStart = "prober: ";

    /// <summary>Of the program that ran when the VM ended, or that ran last.</summary>
    public static Classification Classify(VmEnd end, ProbeReport report) => Shortened(Decide(end, report));

    /// <summary>Of a program that had ended before the VM did.</summary>
    public static Classification ClassifyEnded(VmEnd end, ProbeReport report) => Shortened(report switch
    {
        { Problem: { } problem } => new(KernelStatus.ProbeError, problem),
        { IsWhole: true } => new(KernelStatus.Tested, null),
        _ when ProberMessage(end.Console) is { } complaint => ByMessage(complaint, report),
        { HasHeader: true } => new(KernelStatus.ProbeError, $"the report is not whole ({Progress(report)})"),
        _ => new(KernelStatus.ProbeError, WithoutReport),
    });

    /// <summary>All programs had ended: init restarts the machine then.</summary>
    internal static bool WasEndedByInit(string console) => Goodbye().IsMatch(console) && Death(console) is null;

    /// <summary>Init says that the program has ended, and the kernel went on.</summary>
    internal static bool ProgramHasEnded(string console) =>
        ProberMessage(console) is not null && Death(console) is null;

    /// <summary>A reason may quote what the guest wrote: case ids, nonces, console lines.</summary>
    private static Classification Shortened(Classification classification) =>
        classification.Reason is { } reason
            ? classification with { Reason = ConsoleLine.Cut(ConsoleLine.Printable(reason), LongestReason - 1) }
            : classification;

    /// <summary>
    /// What a line of a console says that a reason may quote, as the reason has it: of the kernel's death, or of the
    /// prober's; <c>null</c> for any other line.
    /// </summary>
    internal static string? Evidence(string line) =>
        new[] { Bug(), Panic(), Complaint() }.Select(words => words.Match(line)).FirstOrDefault(m => m.Success)
            is { } match ? ConsoleLine.Clean(match.Value) : null;

    private static Classification Decide(VmEnd end, ProbeReport report) => (end, report) switch
    {
        { end.Ending: VmEnding.NotLaunched } => new(KernelStatus.InfraError, end.LauncherError),
        // Even where the report is whole: nothing of a guest that floods this machine is believed.
        { end.Ending: VmEnding.Overflow } => new(KernelStatus.ProbeError, $"the guest {end.Excess}, and was ended"),
        { report.Cases.Count: > 0 } or { report.IsWhole: true }
            when DeathWhileProbing(end, report) is { } death => death,
        { report.Problem: { } problem } => new(KernelStatus.ProbeError, problem),
        { report.IsWhole: true } => new(KernelStatus.Tested, null),
        { report.HasHeader: true } => WhileProbing(end, report),
        _ => BeforeProbing(end),
    };

    private static Classification BeforeProbing(VmEnd end)
    {
        if (ProberMessage(end.Console) is { } complaint)
        {
            return ByMessage(complaint, null);
        }
        if (Death(end.Console) is { } death)
        {
            return new(IsProbersOwn(end.Console) ? KernelStatus.ProbeError : KernelStatus.BootFailed, death);
        }
        if (end.Ending == VmEnding.Deadline)
        {
            var last = ConsoleLine.LastOf(end.Console);
            var said = last is null ? "the kernel said nothing" : $"last on the console: {last}";
            return new(KernelStatus.BootTimeout, $"no sign of the prober within {Seconds(end)} s; {said}");
        }
        if (LauncherComplaint.Of(end) is { } launcher)
        {
            return LauncherComplaint.IsGuestsDoing(end, launcher)
                ? new(KernelStatus.BootFailed, LauncherComplaint.OfGuest(launcher))
                : new(KernelStatus.InfraError, launcher);
        }
        if (Goodbye().IsMatch(end.Console))
        {
            // Init restarts the machine when all probes have ended: this one ended with 0.
            return new(KernelStatus.ProbeError, WithoutReport);
        }
        return new(KernelStatus.BootFailed, ConsoleLine.LastOf(end.Console) is { } line
            ? $"reset before the prober; last on the console: {line}"
            : "reset before the kernel said anything");
    }

    private static Classification WhileProbing(VmEnd end, ProbeReport report)
    {
        var progress = Progress(report);
        if (DeathWhileProbing(end, report) is { } death)
        {
            return death;
        }
        if (end.Ending == VmEnding.Deadline)
        {
            return Ended(KernelStatus.ProbeTimeout, $"the deadline of {Seconds(end)} s passed", progress);
        }
        if (ProberMessage(end.Console) is { } complaint)
        {
            return ByMessage(complaint, report);
        }
        if (LauncherComplaint.Of(end) is { } launcher)
        {
            return LauncherComplaint.IsGuestsDoing(end, launcher)
                ? Ended(KernelStatus.Crashed, LauncherComplaint.OfGuest(launcher), progress)
                : new(KernelStatus.InfraError, $"{launcher} ({progress})");
        }
        // Init itself has ended the machine. An end marker that closes nothing ends the VM, too: its count is wrong.
        return Goodbye().IsMatch(end.Console) || end.Ending == VmEnding.Finished
            ? new(KernelStatus.ProbeError, $"the report is not whole ({progress})")
            : Ended(KernelStatus.Crashed, "reset while probing", progress);
    }

    private static Classification Ended(KernelStatus status, string fate, string progress) =>
        new(status, $"{fate} ({progress})") { Fate = fate };

    /// <summary>By what init said of the program.</summary>
    private static Classification ByMessage(string complaint, ProbeReport? report) => new(
        complaint.Contains(" did not end within ", StringComparison.Ordinal)
            ? KernelStatus.ProbeTimeout
            : KernelStatus.ProbeError,
        report is { HasHeader: true } ? $"{complaint} ({Progress(report)})" : complaint);

    private static string Progress(ProbeReport report)
    {
        var planned = report.Planned?.ToString(CultureInfo.InvariantCulture) ?? "?";
        var done = string.Create(CultureInfo.InvariantCulture, $"{report.Cases.Count} of {planned} cases done");
        return report.Cases.Count == 0 ? done : $"{done}, the last one {report.Cases[^1].Id}";
    }

    /// <summary>
    /// What the kernel died of while it was asked, also right after a whole report; <c>null</c> if it lives. What
    /// programs write to the console is no word of the kernel's.
    /// </summary>
    private static Classification? DeathWhileProbing(VmEnd end, ProbeReport report)
    {
        var said = string.Join('\n', KernelMessages.SinceStart(end.Console).Select(m => m.Text));
        return Death(said) is { } death
            ? Ended(IsProbersOwn(said) ? KernelStatus.ProbeError : KernelStatus.Crashed, death, Progress(report))
            : null;
    }

    /// <summary>The line that says what the kernel died of: the first oops, else the panic.</summary>
    private static string? Death(string console)
    {
        if (!Oops().IsMatch(console) && !Panic().IsMatch(console))
        {
            return null;
        }
        var match = Bug().Match(console);
        match = match.Success ? match : Panic().Match(console);
        return ConsoleLine.Clean(match.Value);
    }

    /// <summary>A line that tells of the kernel's death, and is no mere complaint.</summary>
    internal static bool IsDeath(string line) => Oops().IsMatch(line) || Panic().IsMatch(line);

    /// <summary>
    /// The panic only says that PID 1 died, or that the programs in the guest took all memory; no oops came before it.
    /// </summary>
    private static bool IsProbersOwn(string console) => !Oops().IsMatch(console) && ProbersEnd().IsMatch(console);

    private static string? ProberMessage(string console) =>
        Complaint().Match(console) is { Success: true } match ? ConsoleLine.Clean(match.Value) : null;

    private static string Seconds(VmEnd end) => end.Duration.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    // A program's own general protection fault goes on with "ip:".
    [GeneratedRegex(
        @"(BUG: (unable to handle|kernel NULL pointer|(TASK )?stack guard page)|Oops: |Oops\[|kernel BUG at "
        + @"|general protection fault[,:]|Unable to handle kernel|double fault: |stack guard page)[^\n]*",
        RegexOptions.CultureInvariant)]
    private static partial Regex Oops();

    // What a kernel that died says first. A lockup that the watchdog reports is no death: under emulation a busy host
    // is enough for it.
    [GeneratedRegex(
        @"(BUG: (?!soft lockup|workqueue lockup)|Oops: |Oops\[|general protection fault[,:]|kernel BUG at "
        + @"|Unable to handle kernel|double fault: |stack guard page)[^\n]*",
        RegexOptions.CultureInvariant)]
    private static partial Regex Bug();

    [GeneratedRegex(
        "Attempted to kill init|System is deadlocked on memory|Out of memory: compulsory",
        RegexOptions.CultureInvariant)]
    private static partial Regex ProbersEnd();

    [GeneratedRegex("reboot: (Power down|Restarting system)", RegexOptions.CultureInvariant)]
    private static partial Regex Goodbye();

    [GeneratedRegex(@"Kernel panic - not syncing[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Panic();

    [GeneratedRegex(@"^prober: [^\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Complaint();
}
