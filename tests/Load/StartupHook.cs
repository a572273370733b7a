using System.Globalization;
using System.Runtime;

/// <summary>
/// Runs in the harness while <c>test-load</c> measures it, and writes a line for every so many rows: how much
/// memory the harness holds after a full garbage collection. .NET looks for a class of this name in no namespace.
/// </summary>
/// <remarks>
/// From the environment: <c>LOAD_RUN</c> the run directory, <c>LOAD_SAMPLES</c> the file to write, <c>LOAD_STEP</c> the
/// number of rows between two samples. A line has rows, KiB of resident memory, KiB of heap, open descriptors and
/// seconds since the start.
/// </remarks>
internal static class StartupHook
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(250);

    public static void Initialize()
    {
        if (Variable("LOAD_RUN") is { } run && Variable("LOAD_SAMPLES") is { } samples
            && int.TryParse(Variable("LOAD_STEP"), CultureInfo.InvariantCulture, out var step))
        {
            var thread = new Thread(() => Watch(Path.Combine(run, "ktap"), samples, step))
            {
                IsBackground = true,
                Name = "load",
            };
            thread.Start();
        }
    }

    private static void Watch(string reports, string samples, int step)
    {
        var begun = Environment.TickCount64;
        for (var next = step; ; Thread.Sleep(_poll))
        {
            if (Rows(reports) is var rows && rows >= next)
            {
                File.AppendAllText(samples, $"{rows} {Sample()} {(Environment.TickCount64 - begun) / 1000}\n");
                next = (rows / step + 1) * step;
            }
        }
    }

    /// <summary>Those that have begun; the journal, which has the finished ones, is locked.</summary>
    private static int Rows(string reports) =>
        Directory.Exists(reports) ? Directory.EnumerateFiles(reports).Count() : 0;

    private static string Sample()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var resident = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1];
        var descriptors = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        return $"{resident} {GC.GetTotalMemory(forceFullCollection: false) >> 10} {descriptors}";
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
