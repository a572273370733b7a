using CliWrap;
using Harness.Guest;
using Harness.Ktap;
using Harness.Machines;
using Harness.Processes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Faults;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Boot;

/// <summary>A real kernel whose probe is root and turns on the machine that it runs on.</summary>
[Category("VM")]
[Category(FaultSuite.Category)]
[NonParallelizable]
public sealed class HostileGuestTests
{
    private const string Nonce = "feed";
    private const string DebugPort = "0xe9";

    /// <summary>The transmitter of the serial port that the kernel calls ttyS2.</summary>
    private const string ConsolePort = "0x3e8";

    private TemporaryDirectory _directory = null!;
    private VirtualMachine _vm = null!;
    private string _kernel = null!;

    [OneTimeSetUp]
    public async Task Unpack_a_kernel() => _kernel = await RealRun.UnpackedKernelAsync();

    [SetUp]
    public void Make_machine()
    {
        _directory = new TemporaryDirectory();
        _vm = new VirtualMachine();
    }

    [TearDown]
    public async Task Remove_machine()
    {
        await _vm.DisposeAsync();
        _directory.Dispose();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task It_finds_no_device_that_reaches_a_file_but_console_and_channel(bool lean)
    {
        var end = await BootAsync("-DMODE=DEVICES", lean: lean);
        var devices = end.Console.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("device ", StringComparison.Ordinal)).ToList();
        Assert.That(devices, Does.Contain("device 8086:29c0"), "the board itself is found");
        // 1af4 is virtio: consoles, and directories of the host (9p).
        Assert.That(devices, Has.None.StartsWith("device 1af4:"));
        Assert.That(end.LauncherError, Is.Empty);
    }

    [TestCase(DebugPort, "wrote more than 512 KiB to its channel")]
    [TestCase(ConsolePort, "wrote more than 512 KiB to its console")]
    public async Task It_is_ended_when_it_writes_more_than_it_may(string port, string excess)
    {
        var end = await BootAsync($"-DMODE=FLOOD_PORT -DPORT={port}");
        Assert.That((end.Ending, end.Excess), Is.EqualTo((VmEnding.Overflow, excess)));
        var classification = Classifier.Classify(end, ProbeReport.Read(end.Channel, Nonce));
        Assert.That(classification,
            Is.EqualTo(new Classification(KernelStatus.ProbeError, $"the guest {excess}, and was ended")));
        foreach (var file in new[] { "console.log", "channel.ktap" })
        {
            Assert.That(new FileInfo(_directory[file]).Length, Is.LessThanOrEqualTo(512 << 10));
        }
    }

    [Test]
    public async Task It_floods_and_the_deadline_holds()
    {
        var much = new OutputLimits { Channel = 1L << 40, Lines = int.MaxValue };
        var end = await BootAsync($"-DMODE=FLOOD_PORT -DPORT={DebugPort}", deadline: 20, limits: much);
        Assert.That((end.Ending, end.Duration.TotalSeconds < 35), Is.EqualTo((VmEnding.Deadline, true)));
    }

    private async Task<VmEnd> BootAsync(
        string macros, bool lean = true, int deadline = 120, OutputLimits? limits = null)
    {
        var program = _directory["hostile"];
        var source = Path.Combine(RealRun.Repository.Path, "tests", "Fixtures", "guests", "hostile.c");
        await new Command("gcc").WithArguments(["-O2", "-static", "-o", program, .. macros.Split(' '), source])
            .RunAsync(CancellationToken.None);
        var init = await File.ReadAllBytesAsync(RealRun.Repository.Init);
        var probe = new GuestProgram("hostile", await File.ReadAllBytesAsync(program));
        var spec = new VmSpec(
            MachineList.Default, _kernel, GuestImage.Store(_directory.Path, init, [probe]), _directory["console.log"],
            _directory["channel.ktap"], _directory["work"], Accelerator.Tcg, Nonce, [],
            TimeSpan.FromSeconds(deadline), lean)
        {
            Limits = limits ?? new OutputLimits { Console = 512 << 10, Channel = 512 << 10 },
        };
        return await _vm.RunAsync(spec, null, CancellationToken.None);
    }
}
