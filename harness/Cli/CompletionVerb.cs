using System.CommandLine;

namespace Harness.Cli;

/// <summary><c>harness completion SHELL</c>: what makes a shell complete the harness's command line.</summary>
internal static class CompletionVerb
{
    private const string Description = """
        Prints the completion of this command line for a shell: verbs, options, and ids of kernels, cases and runs.

        Examples:
          source <(harness completion bash)                                in ~/.bashrc
          source <(harness completion zsh)                                 in ~/.zshrc, behind compinit
          harness completion fish >~/.config/fish/completions/harness.fish
        """;

    private static readonly string[] _shells = ["bash", "zsh", "fish"];

    public static Command Create(VerbContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell" };
        shell.AcceptOnlyFromAmong(_shells);
        var command = new Command("completion", Description) { shell };
        command.SetAction(parsed =>
        {
            context.Terminal.Out.Write(EmbeddedText.Read($"completion/harness.{parsed.GetValue(shell)}"));
            return ExitCodes.AsExpected;
        });
        return command;
    }
}
