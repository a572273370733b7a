using System.Globalization;
using System.Text.Json;
using CliWrap;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>A VM that a <see cref="VirtmeHost"/> has launched.</summary>
/// <param name="id">Of the host's child process that virtme-run runs in.</param>
/// <param name="restores">The guest is restored.</param>
internal sealed class HostedVm(VirtmeHost host, int id, bool restores) : LaunchedVm
{
    /// <summary>The exit code of a process that SIGKILL ended, as shells have it.</summary>
    private const int Killed = FinishedCommand.SignalBase + 9;

    /// <summary>Far more than the host needs to see that its child has ended.</summary>
    private static readonly TimeSpan _longestAnswer = TimeSpan.FromSeconds(5);

    /// <summary>Time between two looks at whether somebody has stopped the host; each reads two small files.</summary>
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    private readonly Task<string?> _ended = EndAsync(host, id);
    private volatile bool _killed;

    public override async Task<string?> RestoredAsync() =>
        restores
            ? Problem(await host.AboutGuestAsync(CancellationToken.None).ConfigureAwait(false), "restored ")
            : null;

    public override async Task<(SavedGuest? Saved, string? Problem)> SaveAsync(string? directory)
    {
        const string Saved = "saved ";
        try
        {
            var answer = await host.SaveAsync(directory, CancellationToken.None).ConfigureAwait(false);
            return Problem(answer, Saved) is { } problem
                ? (null, problem)
                : (JsonSerializer.Deserialize(answer![Saved.Length..], SnapshotJson.Default.SavedGuest), null);
        }
        catch (Exception e) when (e is CommandException or JsonException)
        {
            return (null, e.Message);
        }
    }

    public override async Task<int> WaitAsync(CancellationToken cancellation)
    {
        try
        {
            while (await Task.WhenAny(_ended, Task.Delay(_look, cancellation)).ConfigureAwait(false) != _ended)
            {
                cancellation.ThrowIfCancellationRequested();
                ResumeHostOfEndedVm();
            }
            return ExitCode(await _ended.WaitAsync(cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            await KillAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async Task<int> KillAsync()
    {
        _killed = true;
        if (!_ended.IsCompleted)
        {
            await EndAsync(id).ConfigureAwait(false);
        }
        try
        {
            return ExitCode(await _ended.WaitAsync(_longestAnswer).ConfigureAwait(false));
        }
        catch (TimeoutException)
        {
            // The host is stopped, or hangs. Its end completes the wait for its answer.
            await host.DisposeAsync().ConfigureAwait(false);
            return ExitCode(await _ended.ConfigureAwait(false));
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_ended.IsCompleted)
        {
            await KillAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Somebody may have stopped the host, or its child. Where nothing of the VM runs any more, they have but to tell
    /// how it ended, and go on.
    /// </summary>
    private void ResumeHostOfEndedVm()
    {
        int[] launchers = [host.ProcessId, id];
        if (!_killed && launchers.Any(ProcessTree.IsStopped) && !ProcessTree.Of(id).Skip(1).Any(ProcessTree.Runs))
        {
            Array.ForEach(launchers, ProcessTree.Continue);
        }
    }

    /// <summary>
    /// The exit code that the host reports. A host that was killed reports none and its VM lives on, so that this ends
    /// the VM.
    /// </summary>
    private static async Task<string?> EndAsync(VirtmeHost host, int id)
    {
        var code = await host.EndOfVmAsync().ConfigureAwait(false);
        if (code is null)
        {
            await EndAsync(id).ConfigureAwait(false);
        }
        return code;
    }

    private static async Task EndAsync(int id)
    {
        if (!await ProcessTree.EndAsync(id).ConfigureAwait(false))
        {
            throw new CommandException(
                $"the VM of process {id} does not end after SIGKILL", new Command(VirtmeArguments.Program));
        }
    }

    /// <param name="answer">Of the host.</param>
    /// <param name="done">What an answer begins with that tells of no problem; one that tells of it has "un" there.
    /// </param>
    private static string? Problem(string? answer, string done) =>
        answer is null ? "its launcher is gone"
        : answer.StartsWith(done, StringComparison.Ordinal) ? null
        : answer[(answer.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>virtme-run's; that of a killed process when the host reported none.</summary>
    private static int ExitCode(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : Killed;
}
