using System.Text;
using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Runs the calls of make of one build. What they say is in the log's file as soon as it is said, and tells how far the
/// build is.
/// </summary>
/// <param name="path">The log's file, which is written anew.</param>
/// <param name="tell">Is told what the build is at, from several threads.</param>
internal sealed class MakeLog(string path, Action<BuildProgress> tell) : IDisposable
{
    private readonly FileStream _file = new(
        path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private readonly Lock _writing = new();
    private int _told = -1;

    public TimeSpan Duration { get; private set; }

    /// <summary>What the last call said.</summary>
    public MakeOutput Output { get; private set; } = new();

    /// <summary>Object files that were made since the build began or started over.</summary>
    public int Objects { get; private set; }

    /// <summary>How many of them there may be in all; <c>null</c> where nothing tells.</summary>
    public int? Expected { get; set; }

    /// <param name="make">Make, or what runs before it.</param>
    /// <param name="limit">How long it may take; a day by default.</param>
    /// <param name="tidy">When it is cancelled, make removes what is half-written.</param>
    /// <exception cref="CommandException">Make could not be started, or the log could not be written.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; no compiler is left.</exception>
    public async Task<FinishedCommand> RunAsync(
        Command make, CancellationToken cancellation, TimeSpan? limit = null, bool tidy = false)
    {
        Output = new MakeOutput();
        var before = Objects;
        Write($"# {make.ToShell()}");
        var target = PipeTarget.ToDelegate(line => Take(line, before));
        await using var heartbeat = Heartbeat.Start(() => Tell(again: true));
        var (command, longest) = (make.WithStandardOutputPipe(target).WithStandardErrorPipe(target),
            limit ?? CommandExecution.LongestBuild);
        var result = await (tidy
            ? command.TryRunToTidyAsync(cancellation, longest)
            : command.TryRunAsync(cancellation, longest)).ConfigureAwait(false);
        Duration += result.RunTime;
        return result;
    }

    /// <summary>Adds a line of the harness's own.</summary>
    /// <exception cref="OutputFileException">The file cannot be written.</exception>
    public void Note(string text)
    {
        lock (_writing)
        {
            Write($"# {text}");
        }
    }

    /// <summary>The build starts over, from nothing; what was said stays in the file.</summary>
    /// <param name="why">In one line.</param>
    /// <exception cref="OutputFileException">The file cannot be written.</exception>
    public void StartOver(string why)
    {
        lock (_writing)
        {
            Write($"# {why}");
            Objects = 0;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Take(string line, int before)
    {
        lock (_writing)
        {
            Write(line);
            Output.Take(line);
            Objects = before + Output.Objects;
        }
        Tell(again: false);
    }

    private void Tell(bool again)
    {
        lock (_writing)
        {
            if (!again && Objects == _told)
            {
                return;
            }
            _told = Objects;
        }
        tell(new BuildProgress.Compiling(_told, Expected));
    }

    /// <exception cref="OutputFileException">The file cannot be written.</exception>
    private void Write(string line)
    {
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (IOException e)
        {
            throw new OutputFileException(path, e);
        }
    }
}
