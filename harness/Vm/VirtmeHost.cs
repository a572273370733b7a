using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using CliWrap;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>
/// virtme-run, started once and asked for one VM after the other: it forks for each, so that Python's start and its
/// imports, 0.15 s of CPU, are paid once. virtme-run's own main builds QEMU's command line and runs QEMU. The program
/// is virtme-host.py, and its text says how it is asked.
/// </summary>
internal sealed class VirtmeHost : IAsyncDisposable
{
    private const string Started = "started ";
    private const string Ended = "ended ";

    /// <summary>Far more than Python's start takes on a busy machine.</summary>
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(30);

    private static readonly string _program = EmbeddedText.Read("virtme-host.py");
    private static readonly string _waitingGuest = EmbeddedText.Read("waiting-guest.py");

    /// <summary>How the answers about a guest that waits begin.</summary>
    private static readonly string[] _aboutGuest = ["saved ", "unsaved ", "restored ", "unrestored "];

    // Where Debian's and Ubuntu's package puts the script and the modules.
    private const string PackagedScript = "/usr/bin/virtme-run";
    private const string Interpreter = "/usr/bin/python3";
    private const string Modules = "/usr/lib/python3/dist-packages";

    /// <summary>The directory with all of virtme-run's code.</summary>
    public const string Package = $"{Modules}/virtme";

    private const string Code = $"{Package}/commands/run.py";

    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _aboutGuests = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<Stream> _input = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunningCommand _python;

    /// <exception cref="CommandException">Python cannot be started.</exception>
    public VirtmeHost() => _python = RunningCommand.Start(new Command(Interpreter)
        // Without the start-up files of the user and the site, and without the metadata of all packages, which the
        // packaged script reads.
        .WithArguments(["-I", "-S", "-B", "-c", _program, Modules, VirtmeArguments.Program, _waitingGuest])
        .WithStandardInputWriter(async input =>
        {
            _input.SetResult(input);
            await _closed.Task.ConfigureAwait(false);
        })
        .WithStandardOutputReader(ReadAsync));

    /// <summary>Whether a launcher is the packaged virtme-run, whose main can be called from Python.</summary>
    /// <param name="program">A name that is looked up in PATH, or a path.</param>
    public static bool CanServe(string program) => CommandExecution.Find(program) == PackagedScript
        && File.Exists(Code)
        && File.Exists(Interpreter);

    /// <summary>Launches one VM; there is one at a time.</summary>
    /// <exception cref="CommandException">The launcher is gone, or does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the VM is left.</exception>
    public async Task<LaunchedVm> LaunchAsync(VirtmeRequest request, CancellationToken cancellation)
    {
        IsIdle = false;
        while (_aboutGuests.Reader.TryRead(out _))
        {
            // Nobody waited for it.
        }
        await WriteAsync(JsonSerializer.Serialize(request, VirtmeJson.Default.VirtmeRequest), cancellation)
            .ConfigureAwait(false);
        string? answer;
        try
        {
            answer = await AnswerAsync(Started).WaitAsync(_longestStart, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // A VM may have been started: it ends with its launcher.
            var gone = await GoneAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw gone;
        }
        HasLaunched |= answer is not null;
        return int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new HostedVm(this, id, request.Waiting?.Snapshot is not null)
            : throw await GoneAsync().ConfigureAwait(false);
    }

    /// <summary>Python's process.</summary>
    public int ProcessId => _python.ProcessId;

    /// <summary>Whether it has launched a VM at least once.</summary>
    public bool HasLaunched { get; private set; }

    /// <summary>Whether it can launch another VM: it is known that its last one has ended.</summary>
    public bool IsIdle { get; private set; } = true;

    public async ValueTask DisposeAsync()
    {
        _closed.TrySetResult();
        await _python.DisposeAsync().ConfigureAwait(false);
        // Who still waits for an answer gets none, even where another process holds the pipe open.
        _answers.Writer.TryComplete();
        _aboutGuests.Writer.TryComplete();
    }

    /// <summary>Has the guest that waits saved.</summary>
    /// <param name="directory">For the snapshot's files; <c>null</c> only has the guest go on.</param>
    /// <returns>What it begins with says what became of it; <c>null</c> when the launcher is gone.</returns>
    /// <exception cref="CommandException">The launcher is gone.</exception>
    internal async Task<string?> SaveAsync(string? directory, CancellationToken cancellation)
    {
        await WriteAsync(JsonSerializer.Serialize(new SaveRequest(directory), VirtmeJson.Default.SaveRequest),
            cancellation).ConfigureAwait(false);
        return await AboutGuestAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The next answer about the guest that waits; <c>null</c> when the launcher is gone.</summary>
    internal async Task<string?> AboutGuestAsync(CancellationToken cancellation) =>
        await _aboutGuests.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false)
            ? await _aboutGuests.Reader.ReadAsync(cancellation).ConfigureAwait(false)
            : null;

    /// <exception cref="CommandException">The launcher is gone.</exception>
    private async Task WriteAsync(string line, CancellationToken cancellation)
    {
        try
        {
            var input = await _input.Task.ConfigureAwait(false);
            await input.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation).ConfigureAwait(false);
            await input.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe is broken, or CliWrap has closed it after Python's end.
            throw await GoneAsync().ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(Stream output)
    {
        using var reader = new StreamReader(output);
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            var isAboutGuest = _aboutGuest.Any(start => line.StartsWith(start, StringComparison.Ordinal));
            (isAboutGuest ? _aboutGuests : _answers).Writer.TryWrite(line);
        }
        _answers.Writer.TryComplete();
        _aboutGuests.Writer.TryComplete();
    }

    /// <summary>Waits for the end of the VM.</summary>
    /// <returns>Its exit code; <c>null</c> when the launcher is gone.</returns>
    internal Task<string?> EndOfVmAsync() => AnswerAsync(Ended);

    /// <summary>The rest of the next line that begins so; <c>null</c> when the launcher is gone.</summary>
    private async Task<string?> AnswerAsync(string beginning)
    {
        while (await _answers.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_answers.Reader.TryRead(out var line) && line.StartsWith(beginning, StringComparison.Ordinal))
            {
                IsIdle = beginning == Ended;
                return line[beginning.Length..];
            }
        }
        return null;
    }

    private async Task<CommandException> GoneAsync()
    {
        var result = await _python.KillAsync().ConfigureAwait(false);
        _answers.Writer.TryComplete();
        _aboutGuests.Writer.TryComplete();
        return new CommandException(
            $"what launches {VirtmeArguments.Program} ended with {result.ExitCode}: {result.StandardError.Trim()}",
            new Command(Interpreter));
    }
}
