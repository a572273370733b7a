using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// The last lines of a console and the one that the reason quotes, for reports that are made without the run directory.
/// </summary>
internal static class ConsoleTail
{
    private const int Lines = 20;
    private const int LongestLine = 200;

    /// <param name="console">Relative to the run directory.</param>
    /// <param name="reason">Why the kernel was not tested.</param>
    /// <returns><c>null</c> when the console was silent or cannot be read: a run goes on without it.</returns>
    public static string? Of(string directory, string? console, string? reason)
    {
        if (console is null)
        {
            return null;
        }
        try
        {
            return Of(ConsoleText.Read(Path.Combine(directory, console)), reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Terminal escapes, control characters, and marks that turn text around are left out. A long trace may follow the
    /// line that the reason quotes: that line stands first then, and a line of dots behind it.
    /// </summary>
    internal static string? Of(string text, string? reason)
    {
        var all = text.Split('\n');
        var said = all.Reverse().Select(Clean).Where(l => l.Length > 0).Take(Lines).Reverse().ToList();
        if (reason is not null && !said.Exists(line => IsQuoted(line, reason))
            && Array.Find(all, line => IsQuoted(line, reason)) is { } quoted)
        {
            said = [Clean(quoted), "…", .. said.TakeLast(Lines - 2)];
        }
        return said.Count == 0 ? null : string.Join('\n', said);
    }

    private static bool IsQuoted(string line, string reason) =>
        Classifier.Evidence(line) is { } evidence && reason.Contains(evidence, StringComparison.Ordinal);

    private static string Clean(string line) =>
        ConsoleLine.Cut(ConsoleLine.Printable(line.Replace('\t', ' ')).TrimEnd(), LongestLine);
}
