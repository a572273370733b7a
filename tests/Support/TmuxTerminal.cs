using System.Globalization;
using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Support;

/// <summary>
/// A real terminal with a shell in it, of which a test reads the screen: tmux, with a server of its own. What is typed
/// is run in this directory, and <c>harness</c> there is the published one.
/// </summary>
internal sealed class TmuxTerminal : IAsyncDisposable
{
    /// <summary>The modes of a terminal that no program has changed.</summary>
    public const string Untouched = "keys=0 keypad=0 cursor=1 screen=0 mouse=0";

    private const string Prompt = "$";

    /// <summary>What a shell that a user opens does not have.</summary>
    private static readonly string[] _unset =
        ["COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI", "TMUX"];

    private readonly string _socket;

    private TmuxTerminal(string socket) => _socket = socket;

    /// <summary>tmux is there; else a test that needs it is skipped.</summary>
    public static void Require()
    {
        if (CommandExecution.Find("tmux") is null)
        {
            Assert.Ignore("no tmux here; scripts/setup --tests installs it");
        }
    }

    /// <param name="directory">Where the shell starts, and where the server's files are.</param>
    /// <param name="harness">The harness without arguments, and the environment for it.</param>
    /// <param name="variables">Further assignments for the shell's environment: <c>TERM=dumb</c>.</param>
    public static async Task<TmuxTerminal> OpenAsync(
        string directory, Command harness, int columns, int rows, params string[] variables)
    {
        var name = Guid.NewGuid().ToString("N")[..8];
        var settings = Path.Combine(directory, $".{name}.conf");
        var start = Path.Combine(directory, $".{name}.bash");
        await File.WriteAllTextAsync(settings, "set -g history-limit 5000\nset -g remain-on-exit on\n");
        await File.WriteAllTextAsync(start, $$"""
            PS1='{{Prompt}} '
            harness() { {{harness.TargetFilePath}} {{harness.Arguments}} "$@"; }
            {{string.Join('\n', variables.Select(v => $"export {v}"))}}
            """ + "\n");
        var terminal = new TmuxTerminal(Path.Combine(directory, $".{name}.socket"));
        var environment = harness.EnvironmentVariables;
        var server = new Command("env").WithWorkingDirectory(directory)
            .WithArguments(
            [
                .. _unset.SelectMany(v => new[] { "-u", v }), "LANG=C.UTF-8",
                .. environment.Select(v => $"{v.Key}={v.Value}"),
                "tmux", "-u", "-f", settings, "-S", terminal._socket, "new-session", "-d",
                "-x", Number(columns), "-y", Number(rows), $"bash --noprofile --rcfile {start} -i",
            ]);
        await server.RunAsync(CancellationToken.None);
        await terminal.UntilAsync(text => text == Prompt, "the shell asks");
        return terminal;
    }

    /// <summary>Types a command, and waits until the shell asks for the next.</summary>
    /// <returns>All that is on the screen, and what went out of it at the top.</returns>
    public async Task<string> RunAsync(string command)
    {
        await TypeAsync(command);
        return await EndAsync();
    }

    public async Task TypeAsync(string command)
    {
        await TmuxAsync("send-keys", "-l", command);
        await PressAsync("Enter");
    }

    public Task PressAsync(string key) => TmuxAsync("send-keys", key);

    public Task ResizeAsync(int columns, int rows) =>
        TmuxAsync("resize-window", "-x", Number(columns), "-y", Number(rows));

    /// <summary>Waits until the shell asks for the next command.</summary>
    public Task<string> EndAsync() =>
        UntilAsync(text => text.EndsWith($"\n{Prompt}", StringComparison.Ordinal), "the command ends");

    /// <summary>Waits until the screen shows something.</summary>
    public async Task<string> UntilAsync(Func<string, bool> condition, string what)
    {
        var text = "";
        for (var tries = 0; tries < 1200; tries++)
        {
            text = await TextAsync();
            if (condition(text))
            {
                return text;
            }
            await Task.Delay(50);
        }
        throw new AssertionException($"in vain: {what}; the screen:\n{text}");
    }

    /// <summary>What is on the screen, and what went out of it at the top; no empty lines at the end.</summary>
    public async Task<string> TextAsync() =>
        string.Join('\n', (await TmuxAsync("capture-pane", "-p", "-S", "-")).Split('\n').Select(l => l.TrimEnd()))
            .TrimEnd('\n');

    /// <summary>
    /// The terminal's modes that a program could leave set: cursor keys, keypad, cursor, second screen, mouse.
    /// </summary>
    public async Task<string> ModesAsync() => (await TmuxAsync("display-message", "-p",
        "keys=#{keypad_cursor_flag} keypad=#{keypad_flag} cursor=#{cursor_flag} screen=#{alternate_on}"
        + " mouse=#{mouse_any_flag}")).TrimEnd();

    public async ValueTask DisposeAsync() => await TmuxAsync("kill-server");

    private async Task<string> TmuxAsync(params string[] arguments) =>
        (await new Command("tmux").WithArguments(["-u", "-S", _socket, .. arguments])
            .RunAsync(CancellationToken.None)).StandardOutput;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
