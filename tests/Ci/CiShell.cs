using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Ci;

/// <summary>Runs scripts as the runners of CI systems do: bash, which stops at the first failure.</summary>
internal static class CiShell
{
    /// <param name="directory">Where the script begins.</param>
    /// <param name="variables">Beside those of the test itself.</param>
    public static Task<FinishedCommand> RunAsync(
        string script, string directory, IEnumerable<KeyValuePair<string, string?>> variables) =>
        new Command("bash").WithArguments(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .WithWorkingDirectory(directory)
            .WithFurtherVariables([KeyValuePair.Create<string, string?>("HARNESS_BUILT", "1"), .. variables])
            .TryRunAsync(CancellationToken.None);
}
