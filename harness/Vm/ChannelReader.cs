using System.Globalization;
using System.Text;

namespace Harness.Vm;

/// <summary>
/// Follows the file that QEMU writes the guest's channel to, counting results and waiting for the last end marker.
/// </summary>
/// <param name="reports">How many reports the guest's probes write, one after the other.</param>
/// <param name="limits">What a guest may write; <c>null</c> for the default.</param>
internal sealed class ChannelReader(string path, string nonce, int reports = 1, OutputLimits? limits = null)
    : IDisposable
{
    /// <summary>
    /// How many bytes one call reads at most. Otherwise a guest that writes as fast as the file is read would hold the
    /// caller, who also has a clock to look at.
    /// </summary>
    public const int MostAtOnce = 1 << 20;

    private readonly OutputLimits _limits = limits ?? OutputLimits.Default;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly StringBuilder _line = new();
    private FileStream? _file;
    private bool _started;
    private int _lines;
    private int _results;
    private int _ended;

    /// <summary>The guest waits for its orders, and can be saved (bpf/init/orders.c).</summary>
    public bool IsReady { get; private set; }

    /// <summary>The guest has read the orders of this VM, and is about to ask.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Each report's end marker with this VM's nonce was seen: nothing more will come.</summary>
    public bool HasEnded => _ended >= reports;

    /// <summary>
    /// What the guest wrote too much of, as the rest of a sentence that begins with it; <c>null</c> while all is well.
    /// Nothing is read behind it.
    /// </summary>
    public string? Excess { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long Length { get; private set; }

    /// <summary>The last call did not read up to the end of the file.</summary>
    public bool MayHaveMore { get; private set; }

    /// <summary>Reads what came since the last call, at most <see cref="MostAtOnce"/> bytes.</summary>
    /// <returns>The number of results so far; <c>null</c> when it is the same as before.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public int? Advance()
    {
        if (_file is null && !File.Exists(path))
        {
            return null;
        }
        const FileShare WithWriter = FileShare.ReadWrite | FileShare.Delete;
        _file ??= new FileStream(path, FileMode.Open, FileAccess.Read, WithWriter, bufferSize: 0);
        var before = (_started, _results);
        var length = 1;
        for (var left = MostAtOnce; left > 0 && length > 0 && Excess is null; left -= length)
        {
            length = _file.Read(_buffer);
            Length += length;
            Take(_buffer.AsSpan(0, length));
        }
        MayHaveMore = length > 0 && Excess is null;
        return (_started, _results) != before ? _results : null;
    }

    public void Dispose() => _file?.Dispose();

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end && Excess is null)
        {
            Append(bytes[..end]);
            TakeLine(_line.ToString());
            _line.Clear();
            bytes = bytes[(end + 1)..];
        }
        Append(bytes);
        if (Length > _limits.Channel)
        {
            Excess ??= TooMuch($"more than {_limits.Channel >> 10} KiB");
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (Excess is null && _line.Length + bytes.Length > _limits.Line)
        {
            Excess = TooMuch($"a line of more than {_limits.Line >> 10} KiB");
        }
        if (Excess is null)
        {
            _line.Append(Encoding.ASCII.GetString(bytes));
        }
    }

    private void TakeLine(string line)
    {
        if (++_lines > _limits.Lines)
        {
            Excess ??= TooMuch($"more than {_limits.Lines} lines");
        }
        IsReady |= line == "# init ready";
        WasAsked |= line == $"# init asked nonce={nonce}";
        _started |= line.StartsWith("KTAP version", StringComparison.Ordinal);
        if (line.StartsWith("ok ", StringComparison.Ordinal) || line.StartsWith("not ok ", StringComparison.Ordinal))
        {
            _results++;
        }
        if (line.StartsWith($"# end nonce={nonce} ", StringComparison.Ordinal))
        {
            _ended++;
        }
    }

    private static string TooMuch(FormattableString what) =>
        $"wrote {what.ToString(CultureInfo.InvariantCulture)} to its channel";
}
