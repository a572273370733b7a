using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Boot;

/// <summary>
/// <c>tests/Objects/compare-bpftool</c> on a kernel of 6.1, which takes the first of these objects and not the others:
/// no such type of map, no such function of the kernel, and a program that reads from NULL.
/// </summary>
[Category("VM")]
public sealed class BpftoolTests
{
    private static readonly string[] _objects = ["ringbuf", "insn_array", "open_coded_iter", "never"];

    [Test]
    public async Task The_probe_of_objects_and_bpftool_give_the_same_verdicts()
    {
        if (!File.Exists("/usr/sbin/bpftool") || CommandExecution.Find("clang-19") is null)
        {
            Assert.Ignore("bpftool or clang-19 is not installed; scripts/setup --tests installs them on Debian");
        }
        var folder = Path.Combine(RealRun.Repository.Path, "tests", "Objects");
        var kernel = await RealRun.UnpackedKernelAsync();
        await new Command("make")
            .WithArguments(["-s", "-C", folder, .. _objects.Select(name => $"build/{name}.bpf.o")])
            .RunAsync(CancellationToken.None);
        var compared = await new Command(Path.Combine(folder, "compare-bpftool")).WithArguments([kernel])
            .WithEnvironmentVariable("OBJECTS", string.Join(' ', _objects))
            .TryRunAsync(CancellationToken.None);
        Assert.That(compared.ExitCode, Is.Zero, compared.StandardOutput + compared.StandardError);
        var verdicts = compared.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => words[^1]);
        Assert.That(verdicts, Is.EqualTo(new Dictionary<string, string>
        {
            ["ringbuf"] = "accept",
            ["insn_array"] = "reject",
            ["open_coded_iter"] = "reject",
            ["never"] = "reject",
        }));
    }
}
