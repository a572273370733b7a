using Harness.Cli;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>What <c>harness fetch</c> redraws where a person watches.</summary>
public sealed class FetchDisplayTests
{
    [Test]
    public void A_kernel_is_shown_until_it_is_there_or_cannot_be_had()
    {
        var display = new FetchDisplay(new TestTerminal().Terminal);
        display.Take(new RunEvent.Downloading("debian-6.1.192-2", 5 << 20, 10 << 20));
        display.Take(new RunEvent.Downloading("mine", 1 << 20, null));
        display.Take(new RunEvent.Building("topic"));
        Assert.That(display.Lines(), Is.EqualTo(new[]
        {
            "  debian-6.1.192-2  ━━━━━━━━━━────────── 5.0 MiB of 10.0 MiB",
            "  mine              1.0 MiB",
            "  topic             building",
        }));
        display.End("debian-6.1.192-2");
        display.End("topic");
        Assert.That(display.Lines(), Is.EqualTo(new[] { "  mine  1.0 MiB" }));
    }
}
