using System.Text;

namespace Harness.Cli;

/// <summary>A standard stream that ends at a terminal: what is written goes above the lines that are redrawn.</summary>
internal sealed class ScreenWriter(TextWriter inner, LiveRegion region) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => region.Above(() => inner.Write(value), [value]);

    public override void Write(char[] buffer, int index, int count) =>
        region.Above(() => inner.Write(buffer, index, count), buffer.AsSpan(index, count));

    public override void Write(string? value) => region.Above(() => inner.Write(value), value);

    public override void WriteLine(string? value) => region.Above(() => inner.WriteLine(value), "\n");

    public override void Flush() => inner.Flush();
}
