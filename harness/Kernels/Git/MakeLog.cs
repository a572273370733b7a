using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>What all calls of make of one build said, and how long they took.</summary>
/// <param name="path">The file that gets their output.</param>
internal sealed class MakeLog(string path)
{
    public TimeSpan Duration { get; private set; }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public Task AddAsync(FinishedCommand result, CancellationToken cancellation)
    {
        var text = $"# {result.Command.ToShell()}\n{result.StandardOutput}{result.StandardError}";
        Duration += result.RunTime;
        return File.AppendAllTextAsync(path, text, cancellation);
    }
}
