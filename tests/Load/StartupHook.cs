using System.Globalization;
using System.Runtime;

/// <summary>
/// Runs in the harness while <c>test-load</c> measures it, and writes a line for every so many rows: how much
/// memory the harness holds after a full garbage collection. .NET looks for a class of this name in no namespace.
/// </summary>
/// <remarks>
/// From the environment: <c>LOAD_RUN</c> the run directory, <c>LOAD_SAMPLES</c> the file to write, <c>LOAD_STEP</c> the
/// number of rows between two samples, and, where VMs can wait, <c>LOAD_PAUSE</c> a file during whose life they do. A
/// line has rows, KiB of resident memory, KiB of heap, open descriptors, seconds since the start, methods that the JIT
/// compiled, and KiB of resident memory that is no file's.
/// </remarks>
internal static class StartupHook
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Without a finished row: then all VMs in flight are waiting. A row takes much less.</summary>
    private const int QuietPolls = 6;

    /// <summary>Well below the deadline of a VM, which waits meanwhile.</summary>
    private const int MostPolls = 120;

    public static void Initialize()
    {
        if (Variable("LOAD_RUN") is { } run && Variable("LOAD_SAMPLES") is { } samples
            && int.TryParse(Variable("LOAD_STEP"), CultureInfo.InvariantCulture, out var step))
        {
            var thread = new Thread(() => Watch(run, samples, step))
            {
                IsBackground = true,
                Name = "load",
            };
            thread.Start();
        }
    }

    private static void Watch(string run, string samples, int step)
    {
        var reports = Path.Combine(run, "ktap");
        var begun = Environment.TickCount64;
        for (var next = step; ; Thread.Sleep(_poll))
        {
            if (Rows(reports) >= next)
            {
                var sample = Quietly(run, Sample);
                var rows = Rows(reports);
                var seconds = (Environment.TickCount64 - begun) / 1000;
                var methods = JitInfo.GetCompiledMethodCount();
                File.AppendAllText(samples, $"{rows} {sample} {seconds} {methods} {Status("RssAnon")}\n");
                next = (rows / step + 1) * step;
            }
        }
    }

    /// <summary>
    /// While no report is being read. One in flight is up to 2 MB, which say nothing about what is held on to.
    /// </summary>
    private static T Quietly<T>(string run, Func<T> sample)
    {
        if (Variable("LOAD_PAUSE") is not { } pause)
        {
            return sample();
        }
        File.WriteAllText(pause, "");
        var journal = new FileInfo(Path.Combine(run, "journal.jsonl"));
        long length = -1;
        for (int poll = 0, quiet = 0; poll < MostPolls && quiet < QuietPolls; poll++, Thread.Sleep(_poll))
        {
            journal.Refresh();
            quiet = journal.Length == length ? quiet + 1 : 0;
            length = journal.Length;
        }
        try
        {
            return sample();
        }
        finally
        {
            File.Delete(pause);
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
        var descriptors = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        return $"{Status("VmRSS")} {GC.GetTotalMemory(forceFullCollection: false) >> 10} {descriptors}";
    }

    /// <summary>A field of proc_pid_status(5), in KiB.</summary>
    private static string Status(string field) =>
        File.ReadLines("/proc/self/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1];

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
