using System.Globalization;

namespace Harness.Tests.Support;

/// <summary>What /proc says of processes.</summary>
internal static class ProcessTable
{
    /// <summary>The process runs; one that has ended and only waits for its parent (a zombie) does not.</summary>
    public static bool IsRunning(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The ids of running processes whose command line holds a text.</summary>
    public static IReadOnlyList<int> WithCommandLine(string text) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(id => CommandLine(id).Contains(text, StringComparison.Ordinal) && IsRunning(id)),
    ];

    /// <summary>Waits until something is so; a test that waits in vain fails.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what, int seconds = 60)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.That(tries, Is.LessThan(seconds * 20), $"waited in vain until {what}");
            await Task.Delay(50);
        }
    }

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
