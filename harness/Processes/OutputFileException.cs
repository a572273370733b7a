namespace Harness.Processes;

/// <summary>A program's output could not be written to a file.</summary>
internal sealed class OutputFileException(string path, Exception inner) : IOException(inner.Message, inner)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
