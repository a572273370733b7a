using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Faults;

/// <summary>Kernel images that are not there, or are none, or are damaged.</summary>
public sealed class ImageFaultTests : FaultTests
{
    [Test]
    [Category(FaultSuite.InCi)]
    public async Task An_image_that_is_cut_short_is_unavailable()
    {
        var whole = await File.ReadAllBytesAsync(CleanKernels[0].Image);
        await File.WriteAllBytesAsync(Lab["cut"], whole[..^100_000]);
        var run = await Lab.RunAsync(FaultLab.Image("cut", Lab["cut"]));
        AssertRow(run, ExitCodes.NotTestable, "cut", KernelStatus.Unavailable, "is cut short");
    }

    [Test]
    public async Task What_is_no_image_is_unavailable_with_its_reason()
    {
        var whole = await File.ReadAllBytesAsync(CleanKernels[0].Image);
        await File.WriteAllBytesAsync(Lab["empty"], []);
        await File.WriteAllBytesAsync(Lab["head"], whole[..600]);
        await File.WriteAllBytesAsync(Lab["garbage"], [.. whole.Select(b => (byte)(b ^ 0x5a))]);
        await Fifos.MakeAsync(Lab["fifo"]);
        Directory.CreateDirectory(Lab["directory"]);
        File.CreateSymbolicLink(Lab["circle"], Lab["circle"]);
        var reasons = new Dictionary<string, string>
        {
            ["missing"] = "missing",
            ["empty"] = "no kernel image",
            ["head"] = "is cut short",
            ["garbage"] = "no kernel image",
            ["fifo"] = "no regular file",
            ["directory"] = "directory",
            ["circle"] = "circle",
        };
        var run = await Lab.RunAsync(string.Concat(reasons.Keys.Select(id => FaultLab.Image(id, Lab[id]))));
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), run.Result.Describe());
        Assert.Multiple(() =>
        {
            foreach (var (id, reason) in reasons)
            {
                Assert.That(run.Row(id), Has.Property("Status").EqualTo(KernelStatus.Unavailable)
                    .And.Property("Reason").Contains(reason), id);
                Assert.That(run.Row(id).Attempts, Is.Zero, "it was never booted");
            }
        });
        AssertRestIsClean(run, [.. reasons.Keys]);
    }
}
