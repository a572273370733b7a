using System.CommandLine;

namespace Harness.Cli;

/// <summary>
/// <c>harness man DIR</c>: the manual pages, one for the harness and one for each verb. <c>make man</c> calls it.
/// </summary>
internal static class ManVerb
{
    public static Command Create(VerbContext context)
    {
        var directory = new Argument<string>("DIR") { Description = "Where the pages go; it is made if need be" };
        var command = new Command("man", "Writes the manual pages, from the same texts as the help.")
        {
            directory,
        };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var target = Files.FullPath(parsed.GetValue(directory)!);
            Directory.CreateDirectory(target);
            var root = (RootCommand)parsed.RootCommandResult.Command;
            foreach (var verb in root.Subcommands.Where(verb => !verb.Hidden).Prepend<Command>(root))
            {
                var page = new ManPage(root, verb, context.Workspace.Clock.GetUtcNow());
                Files.Replace(Path.Combine(target, page.FileName), page.ToString());
                context.Terminal.Line(Path.Combine(target, page.FileName));
            }
            return ExitCodes.AsExpected;
        });
        return command;
    }
}
