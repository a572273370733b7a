using System.Text;
using System.Text.RegularExpressions;

namespace Harness.Probes.Object;

/// <summary>
/// Chooses the telling lines of what libbpf said while an object was loaded. The verifier's log stands in it, and may
/// be a megabyte: the complaint is at its end. Since Linux 7.3 the verifier explains a refusal below the complaint
/// (kernel/bpf/verifier.c).
/// </summary>
internal static partial class ObjectEvidence
{
    /// <summary>Lines of the verifier's log that are kept: the complaint, and the instructions before it.</summary>
    private const int LogLines = 12;

    /// <summary>Lines that are kept before the explanation begins, and of it.</summary>
    private const int LinesBefore = 5;
    private const int ExplanationLines = 40;

    /// <summary>Lines of libbpf's own, first and last.</summary>
    private const int OwnLines = 8;

    /// <summary>In characters: a source line, or a register's state, that is longer says nothing more.</summary>
    private const int LongestLine = 300;

    private const string Libbpf = "libbpf: ";
    private const string ProgramLogEnd = "-- END PROG LOAD LOG --";
    private const string TypesLogEnd = "-- END BTF LOAD LOG --";
    private const string Begin = "-- BEGIN ";
    private const string Statistics = "processed ";
    private const string Explanation = "Verification failed:";

    /// <summary>libbpf says this of every object that does not load.</summary>
    private const string LastWords = "libbpf: failed to load object";

    /// <param name="text">Each byte as a character, as a report holds it.</param>
    /// <returns><c>null</c> where libbpf said nothing.</returns>
    public static string? Of(string text)
    {
        var told = new List<string>();
        var log = new List<string>();
        foreach (var line in Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)).Split('\n'))
        {
            if (line.StartsWith(ProgramLogEnd, StringComparison.Ordinal))
            {
                told.AddRange(OfLog(log));
                log.Clear();
            }
            else if (line.StartsWith(TypesLogEnd, StringComparison.Ordinal))
            {
                told.AddRange(log.Where(l => l.Length > 0).TakeLast(1));
                log.Clear();
            }
            else if (line.StartsWith(Libbpf, StringComparison.Ordinal))
            {
                // A log that lost its end, or lines of somebody else.
                told.AddRange(OfLog(log));
                log.Clear();
                if (!line.Contains(Begin, StringComparison.Ordinal)
                    && !line.StartsWith(LastWords, StringComparison.Ordinal))
                {
                    told.Add(line);
                }
            }
            else
            {
                log.Add(line);
            }
        }
        told.AddRange(OfLog(log));
        return told.Count == 0 ? null : string.Join('\n', Shortened(told).Select(Line));
    }

    private static IEnumerable<string> OfLog(List<string> log)
    {
        var end = log.FindLastIndex(l => l.Length > 0 && !l.StartsWith(Statistics, StringComparison.Ordinal)) + 1;
        var explanation = log.FindIndex(l => l.StartsWith(Explanation, StringComparison.Ordinal));
        return explanation < 0
            ? log[Math.Max(0, end - LogLines)..end]
            : log[Math.Max(0, explanation - LinesBefore)..Math.Min(end, explanation + ExplanationLines)];
    }

    /// <summary>libbpf may warn of each of a thousand programs before it fails.</summary>
    private static List<string> Shortened(List<string> told)
    {
        var most = OwnLines + LinesBefore + ExplanationLines;
        return told.Count <= most ? told
            : [.. told.Take(OwnLines), $"… {told.Count - most} lines …", .. told.TakeLast(most - OwnLines)];
    }

    /// <summary>Where a map lies in memory differs from boot to boot: equal evidence would not be equal.</summary>
    private static string Line(string line)
    {
        var shown = KernelAddress().Replace(line.TrimEnd(), "0xffff…");
        return shown.Length <= LongestLine ? shown : shown[..LongestLine] + "…";
    }

    [GeneratedRegex(@"\b0xffff[0-9a-f]{12}\b", RegexOptions.CultureInvariant)]
    private static partial Regex KernelAddress();
}
