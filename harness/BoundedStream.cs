using System.Globalization;

namespace Harness;

/// <summary>
/// Reads what another program unpacks, up to a limit: a small archive can unpack to more than any disk or memory holds.
/// </summary>
/// <param name="limit">In bytes; more than so many are refused.</param>
internal sealed class BoundedStream(Stream inner, long limit) : WatchedStream(inner)
{
    private long _read;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    protected override void Look(ReadOnlySpan<byte> bytes)
    {
        _read += bytes.Length;
        if (_read > limit)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"it unpacks to more than {limit} bytes"));
        }
    }
}
