using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Processes;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// What the launcher and QEMU said when a VM ended otherwise than a guest ends it, and who is to blame.
/// </summary>
internal static partial class LauncherComplaint
{
    /// <summary>
    /// What QEMU or virtme-run printed when it could not do what it was asked to: each names itself, or Python shows
    /// its traceback. A guest's reset ends QEMU with exit code 0, so a signal came from the host.
    /// </summary>
    public static string? Of(VmEnd end)
    {
        var lines = end.LauncherError.Split('\n').Where(l => LauncherError().IsMatch(l)).ToList();
        // QEMU's own words say more than the signal that it then sends to itself.
        if ((lines.LastOrDefault(l => !OnlySignal().IsMatch(l)) ?? lines.LastOrDefault()) is { } line)
        {
            return ConsoleLine.Clean(line);
        }
        if (end is { Ending: VmEnding.Exited, ExitCode: { } code } && FinishedCommand.SignalOf(code) is { } signal)
        {
            return string.Create(CultureInfo.InvariantCulture, $"QEMU was ended by signal {signal}");
        }
        var isSilent = ConsoleLine.LastOf(end.Console) is null;
        return isSilent && end.ExitCode is not 0 && ConsoleLine.LastOf(end.LauncherError) is { } last
            ? $"virtme-run exited with {end.ExitCode}: {last}"
            : null;
    }

    /// <summary>
    /// Whether the guest may have made QEMU end: it had begun to run, and QEMU was not ended from outside. Otherwise a
    /// guest that finds a fault of QEMU would have its row count for nothing.
    /// </summary>
    public static bool IsGuestsDoing(VmEnd end, string complaint) =>
        complaint.StartsWith("qemu", StringComparison.OrdinalIgnoreCase) && !EndedFromOutside().IsMatch(complaint)
        && (end.Console.Length > 0 || end.Channel.Length > 0 || GuestsOwn().IsMatch(complaint));

    /// <summary>The complaint as a reason of a row that blames the guest.</summary>
    public static string OfGuest(string complaint) =>
        $"QEMU ended by itself while the guest ran, which is taken for the guest's doing: {complaint}";

    // How the stand-in for QEMU tells that a signal ended QEMU (Vm/stand-ins/qemu).
    [GeneratedRegex(@": ended by signal \d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex OnlySignal();

    // SIGHUP, SIGINT, SIGKILL and SIGTERM come from others, and time passes for a harness that was stopped.
    [GeneratedRegex(@"ended by (signal (1|2|9|15)|timeout)\z", RegexOptions.CultureInvariant)]
    private static partial Regex EndedFromOutside();

    // QEMU's words for a guest that jumps to where no memory is.
    [GeneratedRegex("Trying to execute code outside RAM or ROM", RegexOptions.CultureInvariant)]
    private static partial Regex GuestsOwn();

    [GeneratedRegex(
        @"^(qemu-system-[^:]+: (?!warning: |terminating on signal)|qemu: (?!warning: )"
        + @"|virtme-run: |error: |\S*Error: |Could not )",
        RegexOptions.CultureInvariant)]
    private static partial Regex LauncherError();
}
