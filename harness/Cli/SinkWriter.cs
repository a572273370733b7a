using System.Text;

namespace Harness.Cli;

/// <summary>
/// A standard stream that may fail at any time: a full disk, a closed descriptor, a terminal that is gone. The first
/// failure is kept, and nothing more is written. What a verb does besides printing goes on.
/// </summary>
internal sealed class SinkWriter(TextWriter inner) : TextWriter
{
    /// <summary>Why the stream takes nothing more; <c>null</c> as long as it does.</summary>
    public string? Failure { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (Failure is not null)
        {
            return;
        }
        try
        {
            write();
        }
        // .NET takes a descriptor that is closed, or not open for writing, for a file that may not be accessed.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure = e.Message;
        }
    }
}
