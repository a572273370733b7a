using System.Diagnostics;
using System.Text;

namespace Harness.Vm;

/// <summary>The end of a guest whose report is whole: its init has the kernel restart the machine.</summary>
internal static class MachineRestart
{
    /// <summary>
    /// How the kernel announces a restart, on every machine (kernel/reboot.c), behind the time of its message.
    /// </summary>
    private const string Announced = "] reboot: ";

    /// <summary>In bytes from the console's end: an announcement is the last line.</summary>
    private const int LastWords = 256;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    /// <summary>Time between two looks at the console: a fraction of what a restart takes.</summary>
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Gives the kernel the time until it restarts the machine, at most a second: so long it may still panic, and its
    /// console says so. The restart itself is not waited for.
    /// </summary>
    /// <param name="exit">Ends with the VM.</param>
    /// <param name="console">The file that the console is written to; it need not be there.</param>
    /// <exception cref="IOException">The console cannot be read.</exception>
    public static async Task WaitAsync(Task exit, string console)
    {
        var clock = Stopwatch.StartNew();
        while (!exit.IsCompleted && clock.Elapsed < _longest
            && !End(console).Contains(Announced, StringComparison.Ordinal))
        {
            await Task.WhenAny(exit, Task.Delay(_poll, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private static string End(string console)
    {
        if (!File.Exists(console))
        {
            return "";
        }
        using var file = new FileStream(
            console, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Seek(-Math.Min(file.Length, LastWords), SeekOrigin.End);
        var end = new byte[LastWords];
        return Encoding.ASCII.GetString(end, 0, file.ReadAtLeast(end, LastWords, throwOnEndOfStream: false));
    }
}
