using System.Text.Json;

namespace Harness.Results;

/// <summary>
/// The run directory's <c>journal.jsonl</c>: every finished kernel is on disk before the run goes on, so that a killed
/// run loses only the VMs in flight.
/// </summary>
public sealed class Journal : IDisposable
{
    public const string Name = "journal.jsonl";

    /// <summary>In bytes: more than the longest command line, which is all that a request holds.</summary>
    private const int LongestRequest = 4 << 20;

    private readonly FileStream _file;
    private readonly Lock _writing = new();

    private Journal(FileStream file) => _file = file;

    /// <summary>Starts a journal, or goes on with one, without what a crash left of a last line.</summary>
    /// <exception cref="IOException">The directory is not writable.</exception>
    /// <exception cref="UsageException">Another run is writing there.</exception>
    public static Journal Open(string directory, RunRequest request)
    {
        var path = Path.Combine(directory, Name);
        // Only FileShare.None is an exclusive flock(2) to .NET; two runs would write into each other's lines otherwise.
        var file = OpenFile(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var journal = new Journal(file);
        CutBrokenLine(file);
        if (file.Length == 0)
        {
            journal.Append(Line(new JournalLine(request, null)));
        }
        return journal;
    }

    /// <returns>Where <see cref="ReadTimes"/> finds the times of its cases; <c>null</c> when it has none.</returns>
    public JournalPlace? Append(KernelResult kernel)
    {
        var times = CaseTimes.Of(kernel) is { } known ? Line(new JournalLine(null, null) { Times = known }) : [];
        var start = Append(times, Line(new JournalLine(null, CaseTimes.Without(kernel))));
        return times.Length == 0 ? null : new JournalPlace(start, times.Length);
    }

    /// <summary>The kernel with the times of its cases, which the journal keeps for whoever writes them.</summary>
    /// <param name="place">From <see cref="Append(KernelResult)"/>.</param>
    public KernelResult ReadTimes(KernelResult kernel, JournalPlace place)
    {
        var line = new byte[place.Length];
        lock (_writing)
        {
            _file.Position = place.Start;
            _file.ReadExactly(line);
            _file.Seek(0, SeekOrigin.End);
        }
        return JsonSerializer.Deserialize(line, ResultsJson.Default.JournalLine)!.Times!.AddTo(kernel);
    }

    /// <summary>The request and the newest result of every kernel.</summary>
    /// <exception cref="ResultsException">There is no journal, or its first line is damaged.</exception>
    /// <exception cref="UsageException">The run is not over.</exception>
    public static (RunRequest Request, IReadOnlyList<KernelResult> Kernels) Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            throw new ResultsException($"{path}: no such file; --resume takes the directory of an earlier run");
        }
        RunRequest? request = null;
        CaseTimes? times = null;
        var kernels = new Dictionary<string, KernelResult>(StringComparer.Ordinal);
        var json = ResultsJson.Sharing(new ResultPool());
        using var reader = new StreamReader(OpenFile(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            if (TryParse(line, json) is not { } entry)
            {
                continue; // A line that a crash cut short or damaged: that kernel is simply tested again.
            }
            request ??= entry.Request;
            if (entry.Kernel is { } kernel)
            {
                kernels[kernel.Id] = times?.Kernel == kernel.Id ? times.AddTo(kernel) : kernel;
            }
            times = entry.Times;
        }
        return (request ?? throw new ResultsException($"{path}:1: does not say what was run"), [.. kernels.Values]);
    }

    /// <summary>
    /// Whether the directory has no journal, or one that a killed run left before its first kernel was finished: a
    /// request at most, and a last line that is cut short.
    /// </summary>
    /// <exception cref="IOException">Another run writes it.</exception>
    public static bool IsUnbegun(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            return true;
        }
        using var file = Files.OpenRegular(path, share: FileShare.ReadWrite);
        if (file.Length > LongestRequest)
        {
            return false;
        }
        using var reader = new StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n');
        return lines[..^1].All(line => IsBeforeFirstKernel(TryParse(line, ResultsJson.Default)))
            && TryParse(lines[^1], ResultsJson.Default)?.Kernel is null;
    }

    public void Dispose() => _file.Dispose();

    private static bool IsBeforeFirstKernel(JournalLine? line) =>
        line is { Kernel: null, Request: not null } or { Kernel: null, Times: not null };

    private static byte[] Line(JournalLine line) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(line, ResultsJson.Default.JournalLine), (byte)'\n'];

    /// <returns>Where the first of the lines begins.</returns>
    private long Append(params IEnumerable<byte[]> lines)
    {
        lock (_writing)
        {
            var start = _file.Position;
            foreach (var line in lines)
            {
                _file.Write(line);
            }
            _file.Flush(flushToDisk: true);
            return start;
        }
    }

    /// <exception cref="UsageException">Another run has the file open.</exception>
    private static FileStream OpenFile(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return Files.OpenRegular(path, mode, access, share);
        }
        catch (IOException e) when (Files.IsLockedByAnother(e))
        {
            throw new UsageException(
                $"{Path.GetDirectoryName(path)}: another harness is running this run; nothing was run");
        }
    }

    private static JournalLine? TryParse(string line, ResultsJson json)
    {
        try
        {
            var read = JsonSerializer.Deserialize(line, json.JournalLine);
            if (read?.Kernel is { } kernel)
            {
                ResultsFile.RequireConsistent(Name, "$.kernel", kernel);
            }
            return read;
        }
        catch (Exception e) when (e is JsonException or ResultsException)
        {
            return null;
        }
    }

    /// <summary>
    /// Cuts off what a crash left of a last line, so that the next line is whole. The stream is at its end then.
    /// </summary>
    internal static void CutBrokenLine(FileStream file)
    {
        file.SetLength(LengthOfWholeLines(file));
        file.Seek(0, SeekOrigin.End);
    }

    private static long LengthOfWholeLines(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                return end;
            }
        }
        return 0;
    }
}
