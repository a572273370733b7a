using CliWrap;

namespace Harness.Processes;

/// <summary>
/// Writes a program's output into a file at once, where CliWrap's own target for files keeps the last bytes in a
/// buffer: what a guest said last is on disk when the harness is killed, and others may read the file meanwhile.
/// </summary>
internal sealed class FileTarget(string path) : PipeTarget
{
    /// <exception cref="OutputFileException">
    /// The file cannot be written. CliWrap then closes the pipe, and SIGPIPE tells the program.
    /// </exception>
    public override async Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var file = new FileStream(
                path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            await origin.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputFileException(path, e);
        }
    }
}
