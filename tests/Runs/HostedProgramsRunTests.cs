using System.Text;
using Harness.Kernels;
using Harness.Kernels.Modules;
using Harness.Probes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>Programs that see this machine's files are asked in boots of their own, with fake kernels.</summary>
public sealed class HostedProgramsRunTests
{
    private const string Guest = """
        cp "$initrd" "$here/${host:-lean}.cpio"
        if [ "$host" = yes ]; then
            header 1; line "ok 1 sample.h # want=accept outcome=accept"; end 1
        else
            whole
        fi
        """;

    private RunLab _lab = null!;

    [SetUp]
    public void Make_a_lab() => _lab = new RunLab();

    [TearDown]
    public void Remove_it()
    {
        _lab.KillProcesses();
        _lab.Dispose();
    }

    [Test]
    public async Task They_have_a_boot_of_their_own_that_is_offered_this_machines_files_and_modules()
    {
        var row = await RunAsync(new KernelFiles("the package") { BuiltIn = new HashSet<string> { "overlay" } });
        Assert.That((row.Status, row.Reason), Is.EqualTo((KernelStatus.Tested, (string?)null)));
        Assert.That(row.Cases.Select(c => $"{c.Id} {c.Status}"),
            Is.EqualTo(["raw.a Pass", "raw.b Pass", "sample.h Pass"]));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(2));
        Assert.That(Encoding.ASCII.GetString(await File.ReadAllBytesAsync(_lab["launcher", "yes.cpio"])), Does.Contain(
            "modules 9p, 9pnet_virtio, virtio_pci are neither built in nor in the package"));
        Assert.That(Encoding.ASCII.GetString(await File.ReadAllBytesAsync(_lab["launcher", "lean.cpio"])),
            Does.Not.Contain("hostfs"));
    }

    [Test]
    public async Task Where_nobody_knows_a_kernels_modules_the_guest_does_not_say_that_the_kernel_lacks_them()
    {
        await RunAsync(new KernelFiles("the package"));
        var guest = Encoding.ASCII.GetString(await File.ReadAllBytesAsync(_lab["launcher", "yes.cpio"]));
        Assert.That(guest, Does.Contain("no modules are in the package").And.Contain("modules.unknown")
            .And.Not.Contain("modules.missing"));
    }

    [Test]
    public async Task The_guest_of_a_single_kernel_does_not_outlive_the_run()
    {
        await RunAsync(new KernelFiles("the package"));
        var kept = Directory.GetFiles(_lab["cache"], "*.cpio", SearchOption.AllDirectories);
        Assert.That(kept, Is.Not.Empty);
        Assert.That(kept.Select(File.ReadAllText), Has.None.Contains("modules.unknown"));
        Assert.That(Directory.GetFiles(_lab.Run, "*.cpio", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task Programs_of_the_same_boot_that_wish_for_nothing_are_asked_where_nothing_can_be_had()
    {
        var row = await RunAsync(
            new KernelFiles("the package") { Failure = "the server is away" }, seesHost: false);
        Assert.That((row.Status, row.Reason), Is.EqualTo((KernelStatus.InfraError,
            "with sample.hostfs: the kernel's modules and configuration cannot be had: the server is away")));
        Assert.That(row.Cases.Select(c => $"{c.Id} {c.Status}"), Is.EqualTo(["raw.a Pass", "raw.b Pass"]));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_file_of_a_program_in_the_place_of_a_kernels_own_files_costs_the_row_only()
    {
        var row = await RunAsync(new KernelFiles("the package"), file: new GuestFile("/modules.unknown", [1]));
        Assert.That((row.Status, row.Reason), Is.EqualTo((KernelStatus.InfraError,
            "with sample.hostfs: two programs want different files at /modules.unknown")));
        Assert.That(row.Cases.Select(c => c.Id), Is.EqualTo(["raw.a", "raw.b"]));
        Assert.That(row.Retries, Is.Null, "it would be the same again");
    }

    [Test]
    public async Task Where_their_modules_cannot_be_had_the_row_says_so_and_the_others_keep_their_answers()
    {
        var row = await RunAsync(new KernelFiles("the package") { Failure = "the server is away" });
        Assert.That((row.Status, row.Reason), Is.EqualTo((KernelStatus.InfraError,
            "with sample.hostfs: the kernel's modules and configuration cannot be had: the server is away")));
        Assert.That(row.Cases.Select(c => c.Id), Is.EqualTo(["raw.a", "raw.b"]));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    private async Task<KernelResult> RunAsync(KernelFiles files, bool seesHost = true, GuestFile? file = null)
    {
        var image = new BootImage(_lab.Launcher.Image("6.1.5", Guest), Samples.Sha256);
        var kernel = RunLab.Of(
            "6.1.5", new FixedSource(new ImageResult.Available(image, FromCache: true)) { Files = files });
        var plan = _lab.Plan(kernel);
        var first = plan.Programs[0];
        IReadOnlyList<ProbeCase> cases = [new("sample.h", Outcome.Accept, "")];
        var hosted = first.Program with
        {
            Probe = "sample",
            Label = "hostfs",
            SeesHost = seesHost,
            Wishes = new KernelWishes(["9p", "9pnet_virtio", "overlay", "virtio_pci"]),
            Cases = cases,
        };
        var document = await _lab.RunAsync(plan with
        {
            Programs = [first, new ProgramTask(file is null ? hosted : hosted.With([file]), cases)],
            Probes = new ProbeList([.. plan.Probes.All.Where(p => p.Name != "sample"), SampleInput.Probe]),
        });
        return document.Kernels.Single();
    }
}
