using Harness.Results;

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
}
