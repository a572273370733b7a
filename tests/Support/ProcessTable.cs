using System.Globalization;
using Harness.Machines;
using Harness.Processes;

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

    /// <summary>The id of a running process's parent; 0 when it has ended.</summary>
    public static int Parent(int id)
    {
        var stat = Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        return stat.Length == 0
            ? 0
            : int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The ids of running processes whose command line holds a text.</summary>
    public static IReadOnlyList<int> WithCommandLine(string text) =>
        [.. All().Where(id => CommandLine(id).Contains(text, StringComparison.Ordinal) && IsRunning(id))];

    /// <summary>The QEMUs of which a guest's launcher names this directory.</summary>
    public static IEnumerable<int> Emulators(string directory)
    {
        var qemu = CommandExecution.Find(MachineList.Default.QemuProgram);
        return WithCommandLine("-kernel").Where(id => Environment(id).Contains(directory, StringComparison.Ordinal)
            && new FileInfo($"/proc/{id}/exe").LinkTarget == qemu);
    }

    /// <summary>
    /// Running processes that name a directory on their command line, in their environment or as their working
    /// directory: each one's id, and its command line after a space.
    /// </summary>
    public static IReadOnlyList<string> Naming(string directory) =>
    [
        .. All().Where(id => IsRunning(id)
                && new[] { CommandLine(id), Environment(id), WorkingDirectory(id) }
                    .Any(text => text.Contains(directory, StringComparison.Ordinal)))
            .Select(id => $"{id} {CommandLine(id).Replace('\0', ' ')}"),
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

    private static IEnumerable<int> All() => Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(name => int.Parse(name!, CultureInfo.InvariantCulture));

    private static string CommandLine(int id) =>
        Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline"));

    private static string Environment(int id) =>
        Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ"));

    /// <summary>Empty when the process has ended, or is another user's.</summary>
    private static string WorkingDirectory(int id)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Empty when the process has ended, or is another user's.</summary>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
