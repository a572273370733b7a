using Harness.Guest;
using Harness.Ktap;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// The two ways of a report out of a guest, each with the other one closed: in a run both end in the same file, so that
/// nobody would see which it was.
/// </summary>
[Category("VM")]
public sealed class ChannelTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public async Task Through_the_debug_console_there_need_be_no_serial_port() =>
        Assert.That(
            (await ReportAsync("harness.port=0xe9 harness.channel=ttyS1", "-debugcon", $"file:{Channel}")).IsWhole);

    [Test]
    public async Task Without_a_debug_console_at_the_port_the_serial_port_takes_it() =>
        Assert.That(
            (await ReportAsync("harness.port=0xe9 harness.channel=ttyS1", "-serial", $"file:{Channel}")).IsWhole);

    [TestCase("-1")]
    [TestCase("0")]
    [TestCase("com1")]
    public async Task What_is_no_port_is_said_on_the_console(string port)
    {
        Assert.That((await ReportAsync($"harness.port={port}", "-serial", $"file:{Channel}")).IsWhole, Is.False);
        Assert.That(await File.ReadAllTextAsync(_directory["console"]),
            Does.Contain("prober: harness.port: not an address"));
    }

    private string Channel => _directory["channel"];

    private async Task<ProbeReport> ReportAsync(string parameters, params string[] channel)
    {
        var prober = new GuestProgram("inner-maps", await File.ReadAllBytesAsync(RealRun.Repository.Prober));
        var init = await File.ReadAllBytesAsync(RealRun.Repository.Init);
        var initramfs = GuestImage.Store(_directory.Path, init, [prober]);
        await BareBoot.RunAsync(initramfs, _directory["console"], channel, parameters);
        var report = ProbeReport.Read(await File.ReadAllTextAsync(Channel), BareBoot.Nonce);
        Assert.That(report.Probe, Is.Null, "a single probe does not name itself");
        return report;
    }
}
