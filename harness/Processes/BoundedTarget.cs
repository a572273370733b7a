using System.Buffers;
using System.Text;
using CliWrap;

namespace Harness.Processes;

/// <summary>
/// Keeps what a program says up to a limit.
/// </summary>
/// <param name="most">In bytes.</param>
/// <param name="exceeded">
/// Is called when the program says more. Its pipe is closed then, too, but a program may take no notice of that.
/// </param>
internal sealed class BoundedTarget(int most, Action exceeded) : PipeTarget
{
    private const int AtOnce = 4096;

    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>As UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(_kept.WrittenSpan);

    public override async Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default)
    {
        var buffer = new byte[AtOnce];
        while (await origin.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (_kept.WrittenCount + read > most)
            {
                exceeded();
                return;
            }
            _kept.Write(buffer.AsSpan(0, read));
        }
    }
}
