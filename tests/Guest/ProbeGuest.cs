using Harness.Guest;
using Harness.Ktap;
using Harness.Probes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Guest;

/// <summary>One of the native probes in a virtual machine of the newest kernel of 6.1, with files beside it.</summary>
internal static class ProbeGuest
{
    /// <param name="probe">The program in <c>bpf/build</c>.</param>
    /// <param name="cases">Globs, separated by commas.</param>
    public static async Task<ProbeReport> AskAsync(
        TemporaryDirectory directory, string probe, IReadOnlyList<GuestFile> files, string cases = "*")
    {
        var init = await File.ReadAllBytesAsync(RealRun.Repository.Init);
        var program = new GuestProgram(probe, await File.ReadAllBytesAsync(RealRun.Repository.Built(probe)));
        var (console, channel) = (directory.Write("console", ""), directory.Write("channel", ""));
        var initramfs = GuestImage.Store(directory.Path, init, [program], files);
        await BareBoot.RunAsync(
            initramfs, console,
            ["-chardev", $"file,id=channel,path={channel}", "-device", "isa-debugcon,iobase=0xe9,chardev=channel"],
            $"harness.port=0xe9 harness.case={cases}", lean: false);
        return ProbeReport.Read(await File.ReadAllTextAsync(channel), BareBoot.Nonce);
    }

    /// <summary>What a report says of each case: its outcome, its step, its error or reason.</summary>
    public static IReadOnlyList<string> Said(ProbeReport report) =>
    [
        .. report.Cases.Select(c => string.Join(' ',
            new[] { c.Id, c.Outcome?.ToString().ToLowerInvariant() ?? "null", c.Step, c.Errno }.OfType<string>())),
    ];

    /// <summary>A text of a case; empty where it has none.</summary>
    public static string Text(ProbeReport report, string id, string name) =>
        report.Texts.SingleOrDefault(t => t.Case == id && t.Name == name)?.Text ?? "";
}
