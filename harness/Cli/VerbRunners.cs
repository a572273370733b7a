using CliWrap;
using Harness.Nights;
using Harness.Processes;

namespace Harness.Cli;

/// <summary>The ways to run one verb as a part of another.</summary>
internal static class VerbRunners
{
    /// <summary>Names another launcher, which runs the verbs instead of this process: for tests.</summary>
    private const string LauncherVariable = "HARNESS_COMMAND";

    /// <summary>The exit code of a program that an unhandled exception ended (SIGABRT).</summary>
    private const int Aborted = FinishedCommand.SignalBase + 6;

    /// <summary>This process, unless the environment names another launcher.</summary>
    /// <param name="catalog">The parts that the verbs are composed of, when this process runs them.</param>
    public static VerbRunner Find(Catalog catalog) =>
        Environment.GetEnvironmentVariable(LauncherVariable) is { Length: > 0 } launcher
            ? (arguments, _) => LaunchAsync(launcher, arguments)
            : (arguments, cancellation) => RunHereAsync(arguments, catalog, cancellation);

    /// <summary>
    /// A signal reaches the launcher as it reaches this process, and its end is waited for. A second one kills it.
    /// </summary>
    private static async Task<VerbResult> LaunchAsync(string launcher, IReadOnlyList<string> arguments)
    {
        using var interrupt = new Interruption();
        var result = await new Command(launcher).WithArguments(arguments)
            .TryRunAsync(CancellationToken.None, CommandExecution.LongestBuild).ConfigureAwait(false);
        return new VerbResult(result.ExitCode, result.StandardError + result.StandardOutput);
    }

    private static async Task<VerbResult> RunHereAsync(
        IReadOnlyList<string> arguments, Catalog catalog, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            // The verb listens for signals only from its start on.
            return new VerbResult(ExitCodes.Interrupted, "");
        }
        await using var written = new StringWriter { NewLine = "\n" };
        var both = TextWriter.Synchronized(written);
        try
        {
            var exitCode = await Entry.RunAsync([.. arguments], Terminal.To(both, both), catalog).ConfigureAwait(false);
            return new VerbResult(exitCode, written.ToString());
        }
        catch (Exception e)
        {
            // A fault of the harness in one verb must not keep the other from reporting it.
            both.WriteLine(e);
            return new VerbResult(Aborted, written.ToString());
        }
    }
}
