using System.ComponentModel;
using System.Text;
using CliWrap;

namespace Harness.Processes;

/// <summary>
/// A program that CliWrap has started. On top of CliWrap it ends the whole process tree, children of the same clock
/// tick included (<see cref="ProcessTree"/>), waits for its end for a bounded time, and only then reports, so that
/// nothing that the program started writes later.
/// </summary>
public sealed class RunningCommand : IAsyncDisposable
{
    private const int InterruptedExitCode = FinishedCommand.SignalBase + 2; // SIGINT

    private static readonly TimeSpan _graceAfterStop = TimeSpan.FromSeconds(2);

    /// <summary>Longer than it takes from a signal to the token that tells the harness of it.</summary>
    private static readonly TimeSpan _interruptDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>The harness waits this long for a grandchild that holds a pipe open after the program's end.</summary>
    private static readonly TimeSpan _longestDrain = TimeSpan.FromSeconds(5);

    private readonly Command _command;
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _drain = new();
    private readonly Task<FinishedCommand> _end;

    private RunningCommand(Command command)
    {
        _command = command;
        var started = command
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.Create(WriteInputAsync))
            .WithStandardOutputPipe(Bounded(command.StandardOutputPipe, _output))
            .WithStandardErrorPipe(Bounded(command.StandardErrorPipe, _error))
            .ExecuteAsync(CancellationToken.None);
        ProcessId = started.ProcessId;
        _end = FinishAsync(started);
    }

    public int ProcessId { get; }

    /// <summary>Starts the program; output that the command sends nowhere is kept in memory.</summary>
    /// <exception cref="CommandException">The program is not there or cannot be executed.</exception>
    public static RunningCommand Start(Command command)
    {
        try
        {
            return new RunningCommand(command);
        }
        catch (Win32Exception e)
        {
            // CliWrap's own message does not say why; that of the exception inside does.
            var reason = (e.InnerException ?? e).Message;
            throw new CommandException($"cannot start `{command.ToShell()}`: {reason}", command, e);
        }
    }

    /// <summary>Waits for the end, the way a user's Ctrl-C would end it first, then by force.</summary>
    /// <param name="graceful">
    /// Sends SIGTERM, as what a shell starts in the background ignores the SIGINT that CliWrap would send. What is
    /// left two seconds later is killed.
    /// </param>
    /// <param name="forceful">Kills the process tree at once.</param>
    /// <exception cref="OperationCanceledException">A token was signalled; the process tree is gone.</exception>
    /// <exception cref="CommandException">The program's output could not be written to a file.</exception>
    public async Task<FinishedCommand> WaitAsync(CancellationToken forceful, CancellationToken graceful = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(forceful, graceful);
        try
        {
            var finished = await _end.WaitAsync(either.Token).ConfigureAwait(false);
            if (finished.ExitCode == InterruptedExitCode)
            {
                // A terminal's Ctrl-C reaches the program, too, and may end it before it reaches our token. Such an end
                // is a cancellation and no answer of the program.
                await Task.Delay(_interruptDelay, either.Token).ConfigureAwait(false);
            }
            return finished;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (!forceful.IsCancellationRequested)
            {
                await StopAsync(forceful).ConfigureAwait(false);
            }
            await KillAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Asks what the program has started to end, so that each may tidy up and the program may see how it went; what
    /// runs some seconds later is killed.
    /// </summary>
    public async Task<FinishedCommand> EndBelowAsync()
    {
        if (!_exited.Task.IsCompleted)
        {
            ProcessTree.TerminateBelow(ProcessId);
            using var grace = new CancellationTokenSource(_longestDrain);
            await _exited.Task.WaitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return await KillAsync().ConfigureAwait(false);
    }

    /// <summary>Kills the process tree, waits until it is gone, and says how the program ended.</summary>
    /// <exception cref="CommandException">
    /// It does not end after SIGKILL, or its output could not be written to a file.
    /// </exception>
    public async Task<FinishedCommand> KillAsync()
    {
        if (!_exited.Task.IsCompleted && !await ProcessTree.EndAsync(ProcessId).ConfigureAwait(false))
        {
            throw new CommandException(
                $"`{_command.ToShell()}` (process {ProcessId}) does not end after SIGKILL", _command);
        }
        return await _end.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_exited.Task.IsCompleted)
        {
            await KillAsync().ConfigureAwait(false);
        }
    }

    private async Task StopAsync(CancellationToken forceful)
    {
        if (_exited.Task.IsCompleted)
        {
            return;
        }
        ProcessTree.Terminate(ProcessId);
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(forceful);
        grace.CancelAfter(_graceAfterStop);
        // The caller kills what is left.
        await _exited.Task.WaitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<FinishedCommand> FinishAsync(CommandTask<CommandResult> started)
    {
        try
        {
            var result = await started.ConfigureAwait(false);
            return new FinishedCommand(_command, result, Text(_output), Text(_error));
        }
        catch (OutputFileException e)
        {
            throw new CommandException(
                $"what `{_command.ToShell()}` says cannot be written to {e.Path}: {e.Message}", _command, e);
        }
        finally
        {
            _exited.TrySetResult();
            _drain.Dispose();
        }
    }

    /// <param name="exited">CliWrap signals the token when the program has ended: nobody reads its input then.</param>
    private async Task WriteInputAsync(Stream input, CancellationToken exited)
    {
        exited.Register(() =>
        {
            _exited.TrySetResult();
            _drain.CancelAfter(_longestDrain);
        });
        await _command.StandardInputPipe.CopyToAsync(input, exited).ConfigureAwait(false);
    }

    private PipeTarget Bounded(PipeTarget target, MemoryStream kept)
    {
        var copied = target == PipeTarget.Null ? PipeTarget.ToStream(kept) : target;
        return PipeTarget.Create(async (origin, _) =>
        {
            try
            {
                await copied.CopyFromAsync(origin, _drain.Token).WaitAsync(_drain.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_drain.IsCancellationRequested)
            {
                // The output until now is kept. A grandchild still holds the pipe; its end is not waited for.
            }
        });
    }

    private static string Text(MemoryStream kept) =>
        Encoding.UTF8.GetString(kept.GetBuffer().AsSpan(0, (int)kept.Length));
}
