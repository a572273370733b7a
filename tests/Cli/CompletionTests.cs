using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>Completion as the shells do it, with the harness that <c>make build</c> built.</summary>
public sealed class CompletionTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";

    private TemporaryDirectory _directory = null!;

    [OneTimeSetUp]
    public async Task Put_the_harness_in_the_path()
    {
        _directory = new TemporaryDirectory();
        File.CreateSymbolicLink(
            _directory["harness"], Path.Combine(RealRun.Repository.Path, "scripts", "harness"));
        foreach (var shell in new[] { "bash", "zsh", "fish" })
        {
            var terminal = new TestTerminal();
            Assert.That(await terminal.RunAsync("completion", shell), Is.Zero, terminal.Error);
            _directory.Write($"completion.{shell}", terminal.Output);
        }
    }

    [OneTimeTearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public async Task A_shell_that_is_not_known_is_refused()
    {
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("completion", "tcsh"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(terminal.Error, Does.Contain("bash").And.Contain("zsh").And.Contain("fish"));
    }

    [TestCase("harness pro", "probes")]
    [TestCase("harness run --ba", "--baseline")]
    [TestCase("harness run --accel t", "tcg")]
    [TestCase("harness run --case " + Case, Case)]
    [TestCase("harness report x --format md,ju", "md,junit")]
    [TestCase("harness completion f", "fish")]
    [TestCase("harness cluster slurm at", "attach")]
    [TestCase("harness cluster slurm run --part", "--partition")]
    [TestCase("harness cluster slurm run --case " + Case, Case)]
    public async Task Bash_completes(string line, string found)
    {
        // Bash calls the function with the line, the cursor and the words in these variables (bash(1), COMP_WORDS).
        const string Script = """
            source "$1"; COMP_LINE=$2; COMP_POINT=${#2}; read -ra COMP_WORDS <<<"$2"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _harness; printf '%s\n' "${COMPREPLY[@]}"
            """;
        Assert.That(await AskAsync("bash", "-c", Script, "bash", _directory["completion.bash"], line),
            Does.StartWith($"{found}\n"));
    }

    [Test]
    public async Task Bash_completes_names_of_files_where_the_harness_has_nothing_to_say()
    {
        const string Script = """
            source "$1"; complete -p harness; COMP_LINE='harness run --kernels ker'; COMP_POINT=${#COMP_LINE}
            COMP_WORDS=(harness run --kernels ker); COMP_CWORD=3; _harness; echo "${#COMPREPLY[@]}"
            """;
        Assert.That(await AskAsync("bash", "-c", Script, "bash", _directory["completion.bash"]),
            Is.EqualTo("complete -o bashdefault -o default -F _harness harness\n0\n"));
    }

    [Test]
    public async Task Zsh_completes()
    {
        // compadd and _files belong to a completion that is under way; here they print what they are given.
        const string Script = """
            compdef() { : }; compadd() { shift; print -l -- $@ }; _files() { print files }
            source "$1"; words=(harness run --ba); CURRENT=3; _harness
            words=(harness run --kernels ker); CURRENT=4; _harness
            """;
        Assert.That(await AskAsync("zsh", "-f", "-c", Script, "zsh", _directory["completion.zsh"]),
            Is.EqualTo("--baseline\nfiles\n"));
    }

    [TestCase("harness pro", "probes")]
    [TestCase("harness run --ba", "--baseline")]
    public async Task Fish_completes(string line, string found)
    {
        var said = await AskAsync(
            "fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", _directory["completion.fish"], line);
        Assert.That(said.Split('\n'), Does.Contain(found));
    }

    private async Task<string> AskAsync(string shell, params string[] arguments)
    {
        if (CommandExecution.Find(shell) is null)
        {
            Assert.Ignore($"{shell} is not installed");
        }
        var result = await new Command(shell).WithArguments(arguments)
            .WithEnvironmentVariable("PATH", $"{_directory.Path}:{Environment.GetEnvironmentVariable("PATH")}")
            .WithEnvironmentVariable("HOME", _directory.Path).TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardError), Is.EqualTo((0, "")), result.Describe());
        return result.StandardOutput;
    }
}
