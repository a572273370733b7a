using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Reads from a console what the kernel itself said since the probes started. Programs write to the console, too: their
/// lines have no time, and a line that a program left open goes on with the kernel's message. Pure.
/// </summary>
internal static partial class KernelMessages
{
    /// <summary>What the guest's init has the kernel log before its first probe (bpf/init/console.c).</summary>
    public const string Start = "init: the probes start";

    /// <summary>
    /// In characters: a message is no longer, and neither is what is looked at when a program never ends its line.
    /// </summary>
    private const int Longest = 1024;

    /// <summary>A program may write what looks like a time, and the kernel's message may contain one.</summary>
    private const int MostInLine = 8;

    /// <summary>From where the probes start; of the whole console where that is not said.</summary>
    /// <param name="console">
    /// Of a kernel that shows no times, every line is a message. The line that stands for what was not read
    /// (<see cref="ConsoleText"/>) always is.
    /// </param>
    public static IEnumerable<KernelMessage> SinceStart(string console)
    {
        var start = Math.Max(0, console.IndexOf(Start, StringComparison.Ordinal));
        var number = console.AsSpan(0, start).Count('\n') + 1;
        var hasTimes = Stamp().IsMatch(console);
        foreach (var line in console[start..].Split('\n'))
        {
            if (ConsoleText.LinesLeftOut(line) is { } leftOut)
            {
                yield return new(number, null, line);
                number += leftOut - 2; // It stands alone in its line, and the line before it goes on behind it.
            }
            foreach (var message in hasTimes ? Stamped(line, number) : [new(number, null, ConsoleLine.Clean(line))])
            {
                yield return message;
            }
            number++;
        }
    }

    /// <summary>What stands behind each time. The kernel ends its line, so its message is near the end.</summary>
    private static IEnumerable<KernelMessage> Stamped(string line, int number) =>
        Stamp().Matches(line).TakeLast(MostInLine).Select(stamp =>
        {
            var at = stamp.Index + stamp.Length;
            var text = line.Substring(at, Math.Min(Longest, line.Length - at));
            return new KernelMessage(number, Time(stamp), ConsoleLine.Clean(text));
        });

    private static decimal? Time(Match stamp) => decimal.TryParse(
        stamp.Groups["time"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        ? seconds
        : null;

    // With printk.time, and with the caller where CONFIG_PRINTK_CALLER is set: "[    5.140900][    T1] ".
    [GeneratedRegex(@"\[ {0,9}(?<time>\d{1,12}\.\d{1,9})\](\[ *[TC]\d{1,9}\])? ", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();
}
