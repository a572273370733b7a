using Harness.Machines;
using Harness.Results;
using Harness.Tests.Kernels.Sources;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>A real kernel beside the configuration of one that cannot be asked: it is not booted.</summary>
[Category("VM")]
public sealed class UnfitKernelTests
{
    [Test]
    public async Task A_kernel_whose_configuration_lacks_what_probes_need_is_unavailable_before_it_is_booted()
    {
        using var directory = new TemporaryDirectory();
        var image = Path.Combine(directory.Path, "vmlinuz-mine");
        File.Copy((await RealImages.NewestAsync()).Path, image);
        var images = MachineList.Default.Images;
        var needs = KernelNeed.Common.Concat(MachineList.Default.Needs).Select(need => $"{need.Option}=y");
        File.WriteAllLines(Path.Combine(directory.Path, $"config-{images.Release(image)}"),
            [$"# Linux/x86 {images.Version(image)} Kernel Configuration", .. needs, "# CONFIG_BPF_SYSCALL is not set"]);

        var (document, finished) = await RealRun.OfAsync(
            Path.Combine(directory.Path, "run"), ["--image", image, "--case", "raw.*.array.none.none"]);

        Assert.That(finished.ExitCode, Is.EqualTo(ExitCodes.NotTestable));
        var row = document.Kernels.Single();
        Assert.That(row.Status, Is.EqualTo(KernelStatus.Unavailable));
        Assert.That(row.Reason,
            Does.StartWith("it is built without CONFIG_BPF_SYSCALL (").And.EndWith("it has no bpf(2)"));
        Assert.That(row.Attempts, Is.Zero);
    }
}
