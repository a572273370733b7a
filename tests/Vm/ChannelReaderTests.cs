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
}
