using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Harness.Processes;

/// <summary>
/// A started program. The only user of <see cref="Process"/> in the harness: ends the whole process tree, waits for
/// it, and only then reports, so that nothing it started writes later.
/// </summary>
public sealed class RunningCommand : IAsyncDisposable
{
    private static readonly TimeSpan _graceAfterStop = TimeSpan.FromSeconds(2);

    /// <summary>Longer than it takes from a signal to the token that tells us of it.</summary>
    private static readonly TimeSpan _interruptDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>By SIGINT.</summary>
    private const int Interrupted = CommandResult.SignalBase + 2;

    private readonly Process _process;
    private readonly Command _command;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly Task _input;

    private RunningCommand(Process process, Command command)
    {
        _process = process;
        _command = command;
        _output = command.StandardOutputReader is { } reader
            ? ReadAsync(process.StandardOutput, reader)
            : DrainAsync(process.StandardOutput, command.StandardOutputFile);
        _error = DrainAsync(process.StandardError, command.StandardErrorFile);
        _input = WriteAsync(process.StandardInput, command.StandardInputWriter);
    }

    public int ProcessId => _process.Id;

    /// <exception cref="CommandException">The program is not there or cannot be executed.</exception>
    public static RunningCommand Start(Command command)
    {
        var info = new ProcessStartInfo(command.Program, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
        foreach (var (name, value) in command.EnvironmentVariables)
        {
            info.Environment[name] = value;
        }
        try
        {
            return new RunningCommand(Process.Start(info)!, command);
        }
        catch (Win32Exception e)
        {
            throw new CommandException($"cannot start `{command}`: {e.Message}", command, e);
        }
    }

    /// <summary>Waits for the end, the way a user's Ctrl-C would end it first, then by force.</summary>
    /// <param name="graceful">Sends SIGTERM; whatever is left two seconds later is killed.</param>
    /// <param name="forceful">Kills the process tree at once.</param>
    /// <exception cref="OperationCanceledException">A token was signalled; the process tree is gone.</exception>
    /// <exception cref="CommandException">What the program said could not be written to a file.</exception>
    public async Task<CommandResult> WaitAsync(CancellationToken forceful, CancellationToken graceful = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(forceful, graceful);
        try
        {
            await _process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            if (_process.ExitCode == Interrupted)
            {
                // A terminal's Ctrl-C reaches the program, too, and may end it before the token tells us: that is no answer of the program's.
                await Task.Delay(_interruptDelay, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            if (!forceful.IsCancellationRequested)
            {
                await StopAsync(forceful).ConfigureAwait(false);
            }
            await KillAsync().ConfigureAwait(false);
            throw;
        }
        return await ResultAsync().ConfigureAwait(false);
    }

    /// <summary>Kills the process tree, waits until it is gone, and says how it ended.</summary>
    public async Task<CommandResult> KillAsync()
    {
        if (!await ProcessTree.EndAsync(_process.Id).ConfigureAwait(false))
        {
            throw new CommandException($"`{_command}` (process {_process.Id}) does not end after SIGKILL", _command);
        }
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return await ResultAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync().ConfigureAwait(false);
        }
        _process.Dispose();
    }

    private async Task StopAsync(CancellationToken forceful)
    {
        ProcessTree.Terminate(_process.Id);
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(forceful);
        grace.CancelAfter(_graceAfterStop);
        try
        {
            await _process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller kills what is left.
        }
    }

    /// <exception cref="CommandException">What the program said could not be written to a file.</exception>
    private async Task<CommandResult> ResultAsync()
    {
        // A grandchild that holds the pipe open must not hold up the harness.
        await Task.WhenAny(Task.WhenAll(_input, _output, _error), Task.Delay(ProcessTree.WaitAfterKill)).ConfigureAwait(false);
        ThrowIfUnwritten(_output, _command.StandardOutputFile);
        ThrowIfUnwritten(_error, _command.StandardErrorFile);
        return new CommandResult(_command, _process.ExitCode, Finished(_output), Finished(_error), _clock.Elapsed);
    }

    private static async Task WriteAsync(StreamWriter to, Func<Stream, Task>? writer)
    {
        try
        {
            await using (to.ConfigureAwait(false))
            {
                if (writer is not null)
                {
                    await writer(to.BaseStream).ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
            // The program ended, or closed its input, before it had read all: its exit code tells.
        }
    }

    private void ThrowIfUnwritten(Task<string> drained, string? file)
    {
        if (file is not null && drained.Exception?.InnerException is { } e)
        {
            throw new CommandException($"what `{_command}` says cannot be written to {file}: {e.Message}", _command, e);
        }
    }

    private static string Finished(Task<string> text) => text.IsCompletedSuccessfully ? text.Result : "";

    private static async Task<string> DrainAsync(StreamReader from, string? file)
    {
        if (file is null)
        {
            return await from.ReadToEndAsync().ConfigureAwait(false);
        }
        try
        {
            // Unbuffered: what a guest last said is on disk when the harness dies.
            await using var to = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            await from.BaseStream.CopyToAsync(to).ConfigureAwait(false);
            return "";
        }
        catch
        {
            // A full disk: SIGPIPE tells the program, which would wait for ever for somebody to read the pipe.
            from.Dispose();
            throw;
        }
    }

    private static async Task<string> ReadAsync(StreamReader from, Func<Stream, Task> reader)
    {
        // A program whose reader has enough is told so by SIGPIPE.
        using (from)
        {
            await reader(from.BaseStream).ConfigureAwait(false);
        }
        return "";
    }
}
