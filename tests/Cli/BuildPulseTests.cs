using Harness.Cli;
using Harness.Kernels;

namespace Harness.Tests.Cli;

public sealed class BuildPulseTests
{
    [Test]
    public void A_line_a_minute_says_that_a_build_goes_on()
    {
        var clock = new SetClock();
        var pulse = new BuildPulse(clock);
        string? After(int seconds, BuildProgress progress)
        {
            clock.Now += TimeSpan.FromSeconds(seconds);
            return pulse.LineOf("c0ffee", progress);
        }
        Assert.That(After(0, new BuildProgress.Compiling(0, 900)), Is.Null);
        Assert.That(After(59, new BuildProgress.Compiling(200, 900)), Is.Null);
        Assert.That(After(1, new BuildProgress.Compiling(210, 900)),
            Is.EqualTo("  c0ffee: building, 210 of about 900 objects after 1 min"));
        Assert.That(After(30, new BuildProgress.Compiling(300, 900)), Is.Null);
        Assert.That(After(30, new BuildProgress.Compiling(901, 900)),
            Is.EqualTo("  c0ffee: building, 901 objects after 2 min"), "more than were expected");
    }

    [Test]
    public void A_wait_for_another_build_is_said_at_once_and_then_every_minute()
    {
        var clock = new SetClock();
        var pulse = new BuildPulse(clock);
        Assert.That(pulse.LineOf("v6.1", new BuildProgress.Waiting()),
            Is.EqualTo("  v6.1: waits for another build, which uses the same files"));
        Assert.That(pulse.LineOf("v6.1", new BuildProgress.Waiting()), Is.Null);
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.That(pulse.LineOf("v6.1", new BuildProgress.Waiting()), Does.EndWith("files after 1 min"));
    }

    [TestCase(450, 900, "building ━━━━━━━━━━────────── 450 of about 900 objects")]
    [TestCase(450, null, "building, 450 objects")]
    public void Where_a_person_watches_there_is_a_bar(int done, int? expected, string drawn) =>
        Assert.That(BuildPulse.Drawn(new BuildProgress.Compiling(done, expected)), Is.EqualTo(drawn));

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
