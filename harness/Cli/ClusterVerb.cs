using System.CommandLine;

namespace Harness.Cli;

/// <summary><c>harness cluster ENGINE …</c>: the matrix on many machines that another program gives out.</summary>
internal static class ClusterVerb
{
    private const string Description = "Runs the matrix on the nodes of a cluster, and joins what they measured.";

    /// <summary>Every engine has its verb: the one place where they are listed.</summary>
    public static Command Create(VerbContext context) => new("cluster", Description)
    {
        SlurmVerb.Create(context),
    };
}
