using System.CommandLine;

namespace Harness.Cli;

/// <summary><c>harness cluster slurm …</c>: the matrix as a job array of Slurm.</summary>
internal static class SlurmVerb
{
    private const string Description = "Runs the matrix as a job array of Slurm.";

    private const string AttachDescription = """
        Waits for a job array that `harness cluster slurm run` submitted, tries lost elements again, and joins the runs:
        goes on where an interrupted or killed harness has left off. All it needs is in the directory.

        Exit codes: those of `run`; 130 interrupted, or the run was cancelled.
        """;

    private const string CancelDescription = """
        Cancels a job array that `harness cluster slurm run` submitted. What was measured is joined: by the harness that
        waits for the array, or by this one where none does.
        """;

    public static Command Create(VerbContext context) => new("slurm", Description)
    {
        SlurmRunVerb.Create(context),
        Follow(context, "attach", AttachDescription, "The run directory", (following, directory, cancellation) =>
            following.AttachAsync(directory, cancellation)),
        Follow(context, "cancel", CancelDescription, "The run directory", (following, directory, cancellation) =>
            following.CancelAsync(directory, cancellation)),
    };

    private static Command Follow(
        VerbContext context, string name, string description, string what,
        Func<ClusterFollowing, string, CancellationToken, Task<int>> follow)
    {
        var directory = new Argument<string>("DIR") { Description = what };
        var command = new Command(name, description) { directory };
        command.SetAction((parsed, cancellation) =>
            follow(SlurmRunVerb.Following(context), parsed.GetValue(directory)!, cancellation));
        return command;
    }
}
