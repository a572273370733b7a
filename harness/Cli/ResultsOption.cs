using System.CommandLine;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>Where the run directories lie, for the verbs that look at many of them.</summary>
internal sealed class ResultsOption : Option<string?>
{
    public ResultsOption()
        : base("--results")
    {
        Description = "The directory of the run directories. Default: the checkout's results/";
        HelpName = "DIR";
    }

    /// <exception cref="UsageException">There is no such directory.</exception>
    public string Path(ParseResult parsed, Workspace workspace)
    {
        var path = Files.FullPath(parsed.GetValue(this) ?? workspace.Repository.Results);
        return Directory.Exists(path) ? path : throw new UsageException($"--results: {path} is no directory");
    }
}
