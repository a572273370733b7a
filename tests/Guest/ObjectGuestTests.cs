using CliWrap;
using Harness.Ktap;
using Harness.Probes;
using Harness.Tests.Boot;
using Harness.Tests.Faults;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Guest;

/// <summary>The native probe <c>object</c> on a real kernel.</summary>
[Category("VM")]
public sealed class ObjectGuestTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public async Task Each_part_of_an_object_that_is_refused_has_a_verdict_of_its_own()
    {
        var source = Path.Combine(RealRun.Repository.Path, "tests", "Fixtures", "guests", "parts.bpf.c");
        await new Command("clang").WithArguments(["-target", "bpf", "-g", "-O2", "-c", "-o", _directory["o"], source])
            .ExecuteAsync(CancellationToken.None);
        var content = await File.ReadAllBytesAsync(_directory["o"]);
        var report = await ProbeGuest.AskAsync(_directory, "object",
            [new GuestFile("/objects/parts.bpf.o", content), new GuestFile("/objects/parts.attach", [])]);
        Assert.That(report.IsWhole, report.Problem);
        Assert.That(ProbeGuest.Said(report).Select(line => line["object.parts.".Length..]), Is.EqualTo(new[]
        {
            "load reject map EINVAL",
            "prog.look_up accept",
            "prog.read_null reject load EACCES",
            "prog.look_up_unheard reject map EINVAL",
            "prog.take_all accept",
            "prog.allow accept",
            "prog.no_function reject relocate ESRCH",
            "prog.replacement null relocate EINVAL",
            "prog.no_section reject open EINVAL",
            "map.good accept",
            "map.unheard reject map EINVAL",
            "attach.look_up accept",
            "attach.read_null reject load EACCES",
            "attach.look_up_unheard reject map EINVAL",
            "attach.take_all null attach",
            "attach.allow accept",
            "attach.no_function reject relocate ESRCH",
            "attach.replacement null relocate EINVAL",
            "attach.no_section reject open EINVAL",
        }));
        Assert.That(Case(report, "prog.replacement").Reason, Does.Contain("which its loader chooses"));
        Assert.That(Case(report, "attach.take_all").Reason, Does.Contain("a socket, which its loader makes"));
        Assert.That(ProbeGuest.Text(report, "object.parts.prog.read_null", "libbpf"),
            Does.Contain("R0 invalid mem access 'map_value_or_null'"));
        Assert.That(ProbeGuest.Text(report, "object.parts.prog.look_up", "facts"),
            Does.Match(@"\Averified_insns [1-9][0-9]*\n\z"));
    }

    [Test]
    [Category(FaultSuite.Category)]
    public async Task What_a_guest_has_not_of_the_kernels_own_files_is_named_and_no_refusal()
    {
        var report = await ProbeGuest.AskAsync(_directory, "object",
        [
            new GuestFile("/objects/needs.bpf.o", await NeedsAsync()),
            new GuestFile("/objects/traffic.bpf.o", await NeedsAsync("-DWITHOUT_OPTION")),
            new GuestFile("/objects/traffic.attach", []),
            new GuestFile("/modules.missing", "module sch_ingress is neither built in nor in the package"u8.ToArray()),
        ]);
        Assert.That(ProbeGuest.Said(report), Has.Member("object.needs.load null relocate EINVAL")
            .And.Member("object.traffic.load accept").And.Member("object.traffic.attach.classify null attach ENOENT"));
        Assert.That(report.Cases.Single(c => c.Id == "object.needs.load").Reason, Is.EqualTo(
            "it asks for the kernel's configuration, which the guest does not have: none came with the kernel's "
            + "image"));
        Assert.That(report.Cases.Single(c => c.Id == "object.traffic.attach.classify").Reason, Is.EqualTo(
            "kernel has no clsact: module sch_ingress is neither built in nor in the package"));
    }

    /// <summary>On a kernel that has none of it built in.</summary>
    [Test]
    [Category(FaultSuite.Category)]
    public async Task What_nobody_looked_for_is_missing_in_the_guest_and_not_in_the_kernel()
    {
        var report = await ProbeGuest.AskAsync(_directory, "object",
        [
            new GuestFile("/objects/traffic.bpf.o", await NeedsAsync("-DWITHOUT_OPTION")),
            new GuestFile("/objects/traffic.attach", []),
            new GuestFile("/modules.unknown", "no modules are in the package"u8.ToArray()),
        ]);
        var attach = report.Cases.Single(c => c.Id == "object.traffic.attach.classify");
        Assert.That((attach.Skipped, attach.Reason),
            Is.EqualTo((false, "guest has no clsact: no modules are in the package")));
    }

    /// <summary>The whole way: from the package to the guest.</summary>
    [Test]
    [Category(FaultSuite.Category)]
    public async Task The_configuration_and_the_modules_of_a_kernels_package_are_there_for_an_object_that_needs_them()
    {
        await File.WriteAllBytesAsync(_directory["needs.bpf.o"], await NeedsAsync());
        var (document, result) = await RealRun.OfAsync(_directory["run"],
            ["--only", await RealRun.NewestAsync("6.1"), "--object", _directory["needs.bpf.o"], "--attach"]);
        Assert.That(document.Kernels.Single().Cases.Select(c => $"{c.Id} {c.Status} {c.Reason}".Trim()), Is.EqualTo(
        [
            "object.needs.attach.classify Pass", "object.needs.attach.read_option Pass", "object.needs.load Pass",
            "object.needs.prog.classify Pass", "object.needs.prog.read_option Pass",
        ]), result.Describe());
    }

    private async Task<byte[]> NeedsAsync(params IEnumerable<string> options)
    {
        var source = Path.Combine(RealRun.Repository.Path, "tests", "Fixtures", "guests", "needs.bpf.c");
        await new Command("clang")
            .WithArguments(["-target", "bpf", "-g", "-O2", .. options, "-c", "-o", _directory["o"], source])
            .ExecuteAsync(CancellationToken.None);
        return await File.ReadAllBytesAsync(_directory["o"]);
    }

    /// <summary>What was loaded with the whole is not asked again, and has the verifier's count all the same.</summary>
    [Test]
    public async Task A_part_that_is_asked_for_alone_has_the_verdict_that_it_has_with_the_whole()
    {
        var built = Directory.EnumerateFiles(RealRun.Repository.Built("objects"),
            "array_of_maps.array.struct.bpf.o", SearchOption.AllDirectories).First();
        GuestFile[] files = [new("/objects/whole.bpf.o", await File.ReadAllBytesAsync(built))];
        var whole = await ProbeGuest.AskAsync(_directory, "object", files);
        var alone = await ProbeGuest.AskAsync(_directory, "object", files, "object.whole.prog.*");
        Assert.That(ProbeGuest.Said(whole), Is.EqualTo(new[]
        {
            "object.whole.load accept", "object.whole.prog.look_up accept", "object.whole.map.outer accept",
        }));
        Assert.That(ProbeGuest.Said(alone), Is.EqualTo(new[] { "object.whole.prog.look_up accept" }));
        var counts = new[] { whole, alone }.Select(r => ProbeGuest.Text(r, "object.whole.prog.look_up", "facts"));
        Assert.That(counts.Distinct().Single(), Does.StartWith("verified_insns "));
    }

    /// <summary>
    /// The verifier says more of these programs than a report may have. The first are told as a whole; each of the
    /// others has the end of what the verifier said, where the complaint is.
    /// </summary>
    [Test]
    [Category(FaultSuite.Category)]
    public async Task Logs_that_no_report_has_room_for_are_cut_and_cost_no_result()
    {
        const int Programs = 50;
        var source = "#define SEC(name) __attribute__((section(name), used))\n"
            + string.Concat(Enumerable.Range(0, Programs).Select(number => $$"""
                SEC("xdp") int p{{number}}(void *context)
                {
                    asm volatile("r3 = 0; .rept 2000; r3 += 1; .endr; *(u32 *)(r10 + 4) = r3" ::: "r3");
                    return 1;
                }

                """));
        await new Command("clang")
            .WithArguments(["-target", "bpf", "-O2", "-c", "-o", _directory["o"], _directory.Write("x.c", source)])
            .ExecuteAsync(CancellationToken.None);
        var content = await File.ReadAllBytesAsync(_directory["o"]);
        var report = await ProbeGuest.AskAsync(_directory, "object", [new GuestFile("/objects/parts.bpf.o", content)]);
        Assert.That(report.IsWhole, report.Problem);
        Assert.That(report.Cases.Select(c => (c.Step, c.Errno)), Has.Exactly(Programs + 1).EqualTo(("load", "EACCES")));
        Assert.That(new FileInfo(_directory["channel"]).Length, Is.LessThan(OutputLimits.Default.Channel));
        var texts = report.Texts.Where(t => t.Name == "libbpf").Select(t => t.Text).ToList();
        Assert.That(texts, Has.Count.EqualTo(Programs + 1).And.All.Contains("invalid write to stack"));
        Assert.That(texts.Select(t => t.Count(c => c == '\n')), Has.Some.GreaterThan(2000).And.Some.LessThan(500));
    }

    private static ProbedCase Case(ProbeReport report, string id) =>
        report.Cases.Single(c => c.Id == "object.parts." + id);
}
