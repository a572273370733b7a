namespace Harness;

/// <summary>Reads another stream, and looks at what goes by: a derived class may refuse it.</summary>
internal abstract class WatchedStream(Stream inner) : ReadingStream
{
    /// <exception cref="InvalidDataException">What was read is refused.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Look(buffer[..read]);
        return read;
    }

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Look(buffer.Span[..read]);
        return read;
    }

    /// <summary>Is given all that is read, in its order.</summary>
    /// <exception cref="InvalidDataException">It is refused.</exception>
    protected abstract void Look(ReadOnlySpan<byte> bytes);
}
