using CliWrap;
using Harness.Processes;

namespace Harness.Doctor;

/// <summary>Installs through apt what this machine lacks, by <c>scripts/setup</c> of the checkout or release.</summary>
public static class MachineSetUp
{
    /// <summary>
    /// Runs the script, which says what it installs. Without the right to install it says the commands instead.
    /// </summary>
    /// <param name="tell">Takes each of its lines as it comes.</param>
    /// <exception cref="CommandException">The script does not run at all.</exception>
    public static async Task RunAsync(Repository repository, Action<string> tell, CancellationToken cancellation)
    {
        var lines = PipeTarget.ToDelegate(tell);
        // What it leaves undone, the checks of this machine find.
        await new Command(repository.SetUp).WithStandardOutputPipe(lines).WithStandardErrorPipe(lines)
            .TryRunAsync(cancellation).ConfigureAwait(false);
    }
}
