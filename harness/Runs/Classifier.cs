using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Ktap;
using Harness.Processes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Decides how a VM ended, from its console and its report. It is pure, so that any run can be classified again from
/// the files in its directory. Infrastructure, boot and probe failures never share a status.
/// </summary>
public static partial class Classifier
{
    private const int LongestLine = 200;

    public static Classification Classify(VmEnd end, ProbeReport report)
    {
        var (status, reason) = Decide(end, report);
        // A reason may quote what the guest wrote: case ids, nonces, console lines.
        return new(status, reason is null ? null : Printable(reason));
    }

    private static Classification Decide(VmEnd end, ProbeReport report) => (end, report) switch
    {
        { end.Ending: VmEnding.NotLaunched } => new(KernelStatus.InfraError, end.LauncherError),
        // Even where the report is whole: nothing of a guest that floods this machine is believed.
        { end.Ending: VmEnding.Overflow } => new(KernelStatus.ProbeError, $"the guest {end.Excess}, and was ended"),
        { report.Problem: { } problem } => new(KernelStatus.ProbeError, problem),
        { report.IsWhole: true } => new(KernelStatus.Tested, null),
        { report.HasHeader: true } => WhileProbing(end, report),
        _ => BeforeProbing(end),
    };

    private static Classification BeforeProbing(VmEnd end)
    {
        if (ProberMessage(end.Console) is { } complaint)
        {
            return new(KernelStatus.ProbeError, complaint);
        }
        if (Death(end.Console) is { } death)
        {
            return new(IsProbersOwn(end.Console) ? KernelStatus.ProbeError : KernelStatus.BootFailed, death);
        }
        if (end.Ending == VmEnding.Deadline)
        {
            var last = LastLine(end.Console);
            var said = last is null ? "the kernel said nothing" : $"last on the console: {last}";
            return new(KernelStatus.BootTimeout, $"no sign of the prober within {Seconds(end)} s; {said}");
        }
        if (LauncherComplaint(end) is { } launcher)
        {
            return new(KernelStatus.InfraError, launcher);
        }
        return new(KernelStatus.BootFailed, LastLine(end.Console) is { } line
            ? $"reset before the prober; last on the console: {line}"
            : "reset before the kernel said anything");
    }

    private static Classification WhileProbing(VmEnd end, ProbeReport report)
    {
        var progress = Progress(report);
        if (Death(end.Console) is { } death)
        {
            var status = IsProbersOwn(end.Console) ? KernelStatus.ProbeError : KernelStatus.Crashed;
            return new(status, $"{death} ({progress})");
        }
        if (end.Ending == VmEnding.Deadline)
        {
            return new(KernelStatus.ProbeTimeout, $"the deadline of {Seconds(end)} s passed ({progress})");
        }
        if (ProberMessage(end.Console) is { } complaint)
        {
            return new(KernelStatus.ProbeError, $"{complaint} ({progress})");
        }
        if (LauncherComplaint(end) is { } launcher)
        {
            return new(KernelStatus.InfraError, $"{launcher} ({progress})");
        }
        // An end marker that closes nothing ends the VM, too: its count or nonce is wrong.
        return end.Console.Contains("reboot: Power down", StringComparison.Ordinal) || end.Ending == VmEnding.Finished
            ? new(KernelStatus.ProbeError, $"the report is not whole ({progress})")
            : new(KernelStatus.Crashed, $"reset while probing ({progress})");
    }

    private static string Progress(ProbeReport report)
    {
        var planned = report.Planned?.ToString(CultureInfo.InvariantCulture) ?? "?";
        var done = string.Create(CultureInfo.InvariantCulture, $"{report.Cases.Count} of {planned} cases done");
        return report.Cases.Count == 0 ? done : $"{done}, the last one {report.Cases[^1].Id}";
    }

    /// <summary>The line that says what the kernel died of: the first oops, else the panic.</summary>
    private static string? Death(string console)
    {
        var match = Oops().Match(console);
        match = match.Success ? match : Panic().Match(console);
        return match.Success ? Clean(match.Value) : null;
    }

    /// <summary>The panic only says that PID 1, the prober, died; no oops came before it.</summary>
    private static bool IsProbersOwn(string console) =>
        !Oops().IsMatch(console) && console.Contains("Attempted to kill init", StringComparison.Ordinal);

    private static string? ProberMessage(string console) =>
        Complaint().Match(console) is { Success: true } match ? Clean(match.Value) : null;

    /// <summary>
    /// What QEMU or virtme-run printed when it could not do what it was asked to: each names itself, or Python shows
    /// its traceback. A guest's reset ends QEMU with exit code 0, so a signal came from the host.
    /// </summary>
    private static string? LauncherComplaint(VmEnd end)
    {
        var line = end.LauncherError.Split('\n').LastOrDefault(l => LauncherError().IsMatch(l));
        if (line is not null)
        {
            return Clean(line);
        }
        if (end is { Ending: VmEnding.Exited, ExitCode: { } code } && FinishedCommand.SignalOf(code) is { } signal)
        {
            return string.Create(CultureInfo.InvariantCulture, $"QEMU was ended by signal {signal}");
        }
        var isSilent = LastLine(end.Console) is null;
        return isSilent && end.ExitCode is not 0 && LastLine(end.LauncherError) is { } last
            ? $"virtme-run exited with {end.ExitCode}: {last}"
            : null;
    }

    private static string? LastLine(string text) =>
        text.Split('\n').Select(Clean).LastOrDefault(line => line.Length > 0);

    private static string Seconds(VmEnd end) => end.Duration.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>One printable line that is not too long.</summary>
    private static string Clean(string line)
    {
        var text = Printable(line).Trim();
        if (text.Length <= LongestLine)
        {
            return text;
        }
        var end = char.IsHighSurrogate(text[LongestLine - 1]) ? LongestLine - 1 : LongestLine;
        return text[..end] + "…";
    }

    /// <summary>
    /// A guest's text without escape sequences, control characters, and marks that turn text around: it ends up in
    /// terminals and pages.
    /// </summary>
    private static string Printable(string text) => new([.. Escape().Replace(text, "").Where(IsPrintable)]);

    private static bool IsPrintable(char c) => CharUnicodeInfo.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // A lockup that the watchdog reports is no death: under emulation a busy host is enough for it. And a program's own
    // general protection fault goes on with "ip:".
    [GeneratedRegex(
        @"(BUG: (?!soft lockup|workqueue lockup)|Oops: |Oops\[|general protection fault[,:]|kernel BUG at "
        + @"|Unable to handle kernel|double fault: |stack guard page)[^\n]*",
        RegexOptions.CultureInvariant)]
    private static partial Regex Oops();

    [GeneratedRegex(@"Kernel panic - not syncing[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Panic();

    [GeneratedRegex(@"^prober: [^\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Complaint();

    [GeneratedRegex(
        @"^(qemu-system-[^:]+: (?!warning: |terminating on signal)|qemu: (?!warning: )"
        + @"|virtme-run: |error: |\S*Error: |Could not )",
        RegexOptions.CultureInvariant)]
    private static partial Regex LauncherError();

    // ECMA-48: control sequences, and strings such as a window's title.
    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
