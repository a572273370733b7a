using System.Net.Sockets;
using CliWrap;

namespace Harness.Processes;

/// <summary>
/// What a program writes to a pipe. The pipe ends with the last process that has it, so that the harness closes its own
/// end some seconds after the program's (<see cref="RunningCommand"/>). Whoever waits for more is told why.
/// </summary>
internal sealed class ProgramOutput(Stream pipe, Command command) : ReadingStream
{
    /// <exception cref="CommandException">Something that the program left running holds the pipe open.</exception>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await pipe.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException
            or IOException { InnerException: SocketException { SocketErrorCode: SocketError.OperationAborted } })
        {
            throw new CommandException(
                $"`{command.ToShell()}` has ended, and something that it left running holds its output open, or nobody "
                    + "read it in time",
                command, e);
        }
    }

    /// <summary>The closing of a pipe ends no read that blocks, so that none does.</summary>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
}
