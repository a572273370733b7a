using System.CommandLine;
using System.Globalization;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>
/// <c>harness man DIR</c>: the manual pages, one for the harness and one for each verb. <c>make man</c> calls it.
/// </summary>
internal static class ManVerb
{
    /// <summary>
    /// Seconds since 1970 that builds take for the time, so that they can be repeated
    /// (https://reproducible-builds.org/specs/source-date-epoch/).
    /// </summary>
    private const string TimeVariable = "SOURCE_DATE_EPOCH";

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
            var date = DateOf(context.Workspace);
            var verbs = root.Subcommands.Where(verb => !verb.Hidden).SelectMany(VerbText.Leaves);
            foreach (var verb in verbs.Prepend(root))
            {
                var page = new ManPage(root, verb, date);
                Files.Replace(Path.Combine(target, page.FileName), page.ToString());
                context.Terminal.Line(Path.Combine(target, page.FileName));
            }
            return ExitCodes.AsExpected;
        });
        return command;
    }

    private static DateTimeOffset DateOf(Workspace workspace) => workspace.Variable(TimeVariable) switch
    {
        null or "" => workspace.Clock.GetUtcNow(),
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() => DateTimeOffset.FromUnixTimeSeconds(seconds),
        var text => throw new UsageException($"{TimeVariable}: '{text}' is no number of seconds since 1970"),
    };
}
