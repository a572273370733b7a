using System.Text;

namespace Harness.Vm;

/// <summary>
/// Follows the file that QEMU writes the guest's channel to, counting results and waiting for the last end marker.
/// </summary>
/// <param name="reports">How many reports the guest's probes write, one after the other.</param>
internal sealed class ChannelReader(string path, string nonce, int reports = 1) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly StringBuilder _line = new();
    private FileStream? _file;
    private bool _started;
    private int _results;
    private int _ended;

    /// <summary>Each report's end marker with this VM's nonce was seen: nothing more will come.</summary>
    public bool HasEnded => _ended >= reports;

    /// <summary>Reads what came since the last call.</summary>
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
        int length;
        while ((length = _file.Read(_buffer)) > 0)
        {
            foreach (var c in Encoding.ASCII.GetString(_buffer, 0, length))
            {
                if (c == '\n')
                {
                    Take(_line.ToString());
                    _line.Clear();
                }
                else
                {
                    _line.Append(c);
                }
            }
        }
        return (_started, _results) != before ? _results : null;
    }

    public void Dispose() => _file?.Dispose();

    private void Take(string line)
    {
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
}
