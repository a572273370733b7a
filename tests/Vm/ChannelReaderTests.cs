using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class ChannelReaderTests
{
    private const string Nonce = "feed";

    [Test]
    public void A_guest_with_several_probes_has_ended_when_each_has_ended_its_report()
    {
        using var directory = new TemporaryDirectory();
        var report = ReportText.Of(Nonce, ("raw.a", ReportText.Accepted)).ToString();
        var path = directory.Write("channel", report);
        using var reader = new ChannelReader(path, Nonce, reports: 2);
        Assert.That((reader.Advance(), reader.HasEnded), Is.EqualTo(((int?)1, false)));
        File.AppendAllText(path, report);
        Assert.That((reader.Advance(), reader.HasEnded), Is.EqualTo(((int?)2, true)));
    }

    /// <summary>The caller has a clock to look at, however much there is to read.</summary>
    [Test]
    public void One_look_reads_a_bounded_part()
    {
        using var directory = new TemporaryDirectory();
        var line = "ok 1 raw.a # " + new string('x', 1000) + "\n";
        var path = directory.Write("channel", string.Concat(Enumerable.Repeat(line, 5000)));
        using var reader = new ChannelReader(path, Nonce);
        reader.Advance();
        Assert.That((reader.MayHaveMore, reader.Length), Is.EqualTo((true, (long)ChannelReader.MostAtOnce)));
        while (reader.MayHaveMore)
        {
            reader.Advance();
        }
        Assert.That((reader.Length, reader.Excess), Is.EqualTo((5000L * line.Length, (string?)null)));
    }

    [TestCase("x", 2049, "wrote a line of more than 2 KiB to its channel")]
    [TestCase("x\n", 301, "wrote more than 300 lines to its channel")]
    [TestCase("a line that is not short\n", 200, "wrote more than 4 KiB to its channel")]
    [TestCase("\n", 299, null)]
    public void A_guest_that_writes_too_much_is_found_out(string text, int times, string? excess)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("channel", string.Concat(Enumerable.Repeat(text, times)));
        using var reader = new ChannelReader(
            path, Nonce, limits: new OutputLimits { Channel = 4 << 10, Line = 2 << 10, Lines = 300 });
        reader.Advance();
        Assert.That(reader.Excess, Is.EqualTo(excess));
        File.AppendAllText(path, "ok 1 raw.a\n");
        Assert.That(reader.Advance() is null, Is.EqualTo(excess is not null), "nothing is read behind it");
    }
}
