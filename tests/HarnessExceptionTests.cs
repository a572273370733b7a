using Harness.Cli;
using Harness.Processes;

namespace Harness.Tests;

public sealed class HarnessExceptionTests
{
    [Test]
    public void Each_failure_of_the_project_carries_its_exit_code()
    {
        var others = typeof(Entry).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.IsAssignableTo(typeof(Exception)))
            .Where(type => !type.IsAssignableTo(typeof(HarnessException)));
        Assert.That(others, Is.Empty);
    }

    [Test]
    public async Task A_program_that_cannot_run_makes_nothing_testable()
    {
        var error = await Assert.ThrowsAsync<CommandException>(
            () => new CliWrap.Command("no-such-program").RunAsync(CancellationToken.None));
        Assert.That(error!.ExitCode, Is.EqualTo(ExitCodes.NotTestable));
    }
}
