using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;

namespace Harness.Tests.Scripts;

/// <summary>scripts/lib/instructions.py, by which <c>make bench</c> counts what a guest executes.</summary>
[Category("VM")]
public sealed class InstructionsTests
{
    [Test]
    public async Task Every_instruction_of_a_guest_is_counted_once()
    {
        var count = Path.Combine(RealRun.Repository.Path, "tests", "Scripts", "count_loop.py");
        var counted = await new Command("python3").WithArguments([count, "1000", "500000"])
            .RunAsync(CancellationToken.None);
        Assert.That(counted.StandardOutput, Is.EqualTo("2004\n1000004\n"));
    }
}
