using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>
/// virtme-run, started once and asked for one VM after the other: it forks for each, so that Python's start and its
/// imports, 0.15 s of CPU, are paid once. What builds QEMU's command line and runs QEMU is virtme-run's own main.
/// </summary>
internal sealed class VirtmeHost : IAsyncDisposable
{
    private const string Started = "started ";
    private const string Ended = "ended ";

    /// <summary>Far beyond Python's start on a busy machine.</summary>
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(30);

    /// <summary>By SIGKILL.</summary>
    private const int Killed = CommandResult.SignalBase + 9;

    // Where Debian's and Ubuntu's package puts the script and the modules.
    private const string PackagedScript = "/usr/bin/virtme-run";
    private const string Interpreter = "/usr/bin/python3";
    private const string Modules = "/usr/lib/python3/dist-packages";

    /// <summary>
    /// One line of JSON for each VM, one line back when it has started and one when it has ended. In a process group of its
    /// own: what a terminal's Ctrl-C sends is the harness's to pass on. It ends with its input, at the latest with the harness.
    /// </summary>
    private const string Loop = $$"""
        import json, os, sys, traceback
        os.setpgid(0, 0)
        sys.path.append('{{Modules}}')
        from virtme.commands.run import main

        def launch(vm):
            os.chdir(vm['directory'])
            os.environ.update(vm['environment'])
            for fd, path, flags in (0, '/dev/null', os.O_RDONLY), (1, '/dev/null', os.O_WRONLY), (2, vm['errorFile'], os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND):
                opened = os.open(path, flags, 0o666)
                os.dup2(opened, fd)
                os.close(opened)
            sys.argv = ['{{VirtmeArguments.Program}}', *vm['arguments']]
            return main()

        for line in sys.stdin:
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    status = launch(json.loads(line))
                except SystemExit as exit:
                    if isinstance(exit.code, str):
                        print(exit.code, file=sys.stderr)
                    else:
                        status = exit.code
                except BaseException:
                    traceback.print_exc()
                finally:
                    sys.stderr.flush()
                    # virtme-run's main gives what waitpid(2) told of QEMU; of a signal, QEMU's own start script has told.
                    status = status or 0
                    os._exit(status if status < 256 else status >> 8)
            print(f'{{Started}}{child}', flush=True)
            _, status = os.waitpid(child, 0)
            code = os.waitstatus_to_exitcode(status)
            print(f'{{Ended}}{code if code >= 0 else 128 - code}', flush=True)
        """;

    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<Stream> _input = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunningCommand _python;

    /// <exception cref="CommandException">Python cannot be started.</exception>
    public VirtmeHost() => _python = RunningCommand.Start(Command.Wrap(Interpreter)
        // Without the user's and the site's start-up files, and without reading the metadata of every package, as the script does.
        .WithArguments("-I", "-S", "-B", "-c", Loop)
        .WithStandardInputWriter(async input =>
        {
            _input.SetResult(input);
            await _closed.Task.ConfigureAwait(false);
        })
        .WithStandardOutputReader(ReadAsync));

    /// <summary>Whether a launcher is the packaged virtme-run, of which it is known how to be asked.</summary>
    /// <param name="program">A name that is looked up in PATH, or a path.</param>
    public static bool CanServe(string program) =>
        CommandExecution.Find(program) == PackagedScript && File.Exists($"{Modules}/virtme/commands/run.py") && File.Exists(Interpreter);

    /// <summary>Launches one VM; there is one at a time.</summary>
    /// <exception cref="CommandException">The launcher is gone, or does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the VM is left.</exception>
    public async Task<LaunchedVm> LaunchAsync(VirtmeRequest request, CancellationToken cancellation)
    {
        IsIdle = false;
        var line = JsonSerializer.Serialize(request, VirtmeJson.Default.VirtmeRequest);
        try
        {
            var input = await _input.Task.ConfigureAwait(false);
            await input.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation).ConfigureAwait(false);
            await input.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw await GoneAsync().ConfigureAwait(false);
        }
        string? answer;
        try
        {
            answer = await AnswerAsync(Started).WaitAsync(_longestStart, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Whether there is a VM is not known: it would go with its launcher.
            var gone = await GoneAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw gone;
        }
        HasLaunched |= answer is not null;
        return int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new Vm(this, id)
            : throw await GoneAsync().ConfigureAwait(false);
    }

    /// <summary>Whether it could once do what it is for.</summary>
    public bool HasLaunched { get; private set; }

    /// <summary>Whether it can be asked for another VM.</summary>
    public bool IsIdle { get; private set; } = true;

    public async ValueTask DisposeAsync()
    {
        _closed.TrySetResult();
        await _python.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReadAsync(Stream output)
    {
        using var reader = new StreamReader(output);
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            await _answers.Writer.WriteAsync(line).ConfigureAwait(false);
        }
        _answers.Writer.Complete();
    }

    /// <summary>The answer that begins so; <c>null</c> when the launcher is gone.</summary>
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
        return new CommandException($"what launches {VirtmeArguments.Program} ended with {result.ExitCode}: {result.Error.Trim()}", Command.Wrap(Interpreter));
    }

    private sealed class Vm(VirtmeHost host, int id) : LaunchedVm
    {
        private readonly Task<string?> _ended = EndAsync(host, id);

        public override async Task<int> WaitAsync(CancellationToken cancellation)
        {
            try
            {
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
            if (!_ended.IsCompleted)
            {
                await EndAsync(id).ConfigureAwait(false);
            }
            return ExitCode(await _ended.ConfigureAwait(false));
        }

        public override async ValueTask DisposeAsync()
        {
            if (!_ended.IsCompleted)
            {
                await KillAsync().ConfigureAwait(false);
            }
        }

        /// <summary>What the launcher tells of the VM's end. One that was killed tells nothing, and its VM lives on: not for long.</summary>
        private static async Task<string?> EndAsync(VirtmeHost host, int id)
        {
            var told = await host.AnswerAsync(Ended).ConfigureAwait(false);
            if (told is null)
            {
                await EndAsync(id).ConfigureAwait(false);
            }
            return told;
        }

        private static async Task EndAsync(int id)
        {
            if (!await ProcessTree.EndAsync(id).ConfigureAwait(false))
            {
                throw new CommandException($"the VM of process {id} does not end after SIGKILL", Command.Wrap(VirtmeArguments.Program));
            }
        }

        /// <summary>That of virtme-run; that of a killed process when whoever would tell is gone.</summary>
        private static int ExitCode(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : Killed;
    }
}

/// <summary>One VM, as <see cref="VirtmeHost"/> is asked for it.</summary>
/// <param name="Directory">virtme-run's working directory.</param>
/// <param name="Environment">Variables that differ from the harness's own.</param>
/// <param name="ErrorFile">Gets what virtme-run and QEMU say on standard error.</param>
internal sealed record VirtmeRequest(string Directory, IReadOnlyDictionary<string, string?> Environment, string ErrorFile, IReadOnlyList<string> Arguments);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VirtmeRequest))]
internal sealed partial class VirtmeJson : JsonSerializerContext;
