using Harness.Probes.Object;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Object;

/// <summary>The host looks at each object before anything boots, and refuses a file that is of no use.</summary>
public sealed class ObjectInspectionTests
{
    private TemporaryDirectory _directory = null!;
    private byte[] _plain = [];

    [OneTimeSetUp]
    public async Task Compile()
    {
        _directory = new TemporaryDirectory();
        _plain = await File.ReadAllBytesAsync(
            await BpfCompiler.CompileAsync(_directory["plain.bpf.o"], BpfCompiler.Plain));
    }

    [OneTimeTearDown]
    public void Remove() => _directory.Dispose();

    [Test]
    public void An_object_is_taken_as_it_is()
    {
        var seen = ObjectInspection.Of(_directory["plain.bpf.o"]);
        Assert.That((seen.Refusal, seen.Notes.Count), Is.EqualTo(((string?)null, 0)));
        Assert.That(seen.Content, Is.EqualTo(_plain));
    }

    [TestCase("tc", true)]
    [TestCase("classifier/x", true)]
    [TestCase("tcx/ingress", false)]
    public async Task A_guest_gets_the_modules_of_traffic_control_where_programs_for_it_are_attached(
        string section, bool wants)
    {
        var path = await BpfCompiler.CompileAsync(
            _directory["tc.o"], $"__attribute__((section(\"{section}\"), used)) int f(void *c) {{ return 0; }}");
        var seen = ObjectInspection.Of(path);
        Assert.That(seen.Wishes(attach: true).Modules, wants ? Is.EqualTo(["sch_ingress", "cls_bpf"]) : Is.Empty);
        Assert.That(seen.Wishes(attach: false).IsEmpty);
    }

    [TestCase("CONFIG_HZ", true)]
    [TestCase("LINUX_KERNEL_VERSION", false)]
    public async Task A_guest_gets_the_kernels_configuration_where_an_object_reads_an_option_of_it(
        string name, bool wants)
    {
        var path = await BpfCompiler.CompileAsync(_directory["option.o"], $$"""
            extern int {{name}} __attribute__((section(".kconfig")));
            __attribute__((section("xdp"), used)) int f(void *c) { return {{name}} == 250; }
            """);
        Assert.That(ObjectInspection.Of(path).Wishes(attach: false).Configuration, Is.EqualTo(wants));
    }

    [TestCase("", "is empty")]
    [TestCase("hello", "is no ELF file")]
    [TestCase("BC\u00c0\u00de----", "is LLVM's intermediate code and no ELF file")]
    [TestCase("\u007fELF", "is no ELF file")]
    [TestCase("\u007fELF\u0002\u0001\u0001\0\0\0\0\0\0\0\0\0\u0001\0\u00f7\0",
        "is damaged or cut off: the header is cut off")]
    public void What_is_no_object_is_refused(string content, string why) =>
        Assert.That(ObjectInspection.Of(System.Text.Encoding.Latin1.GetBytes(content)).Refusal, Does.StartWith(why));

    [Test]
    public void A_program_of_the_machine_is_refused() =>
        Assert.That(ObjectInspection.Of(Repository.Find().Init).Refusal,
            Does.Match("^is for [A-Za-z0-9_]+ and not for BPF$"));

    [Test]
    public async Task The_other_byte_order_is_refused()
    {
        var path = await BpfCompiler.CompileAsync(_directory["big.o"], BpfCompiler.Plain, "--target=bpfeb");
        Assert.That(ObjectInspection.Of(path).Refusal, Does.StartWith("is big-endian"));
    }

    [Test]
    public async Task An_object_without_programs_and_maps_is_refused()
    {
        var path = await BpfCompiler.CompileAsync(_directory["none.o"], "int number = 7;");
        Assert.That(ObjectInspection.Of(path).Refusal, Is.EqualTo("has no programs and no maps"));
    }

    [Test]
    public async Task What_an_object_lacks_is_noted_and_it_is_asked_all_the_same()
    {
        const string Old = """SEC("maps") struct { int type, key, value, most; } old = { 1, 4, 4, 4 };""";
        var path = await BpfCompiler.CompileAsync(_directory["old.o"], Old, "-g0");
        var seen = ObjectInspection.Of(path);
        Assert.That(seen.Refusal, Is.Null);
        Assert.That(seen.Notes, Has.Count.EqualTo(2).And.Some.StartsWith("has no BTF")
            .And.Some.StartsWith("has map definitions of the old kind"));
    }

    [Test]
    public void A_file_that_is_too_large_is_not_read()
    {
        using (var file = File.Create(_directory["large.o"]))
        {
            file.SetLength(50L << 20);
        }
        Assert.That(ObjectInspection.Of(_directory["large.o"]).Refusal, Is.EqualTo("is larger than 16 MiB"));
    }

    [Test]
    public async Task A_file_that_is_not_there_or_no_file_is_refused()
    {
        await Fifos.MakeAsync(_directory["fifo"]);
        Assert.That(new[] { "missing", "fifo" }.Select(f => ObjectInspection.Of(_directory[f]).Refusal),
            Is.All.StartsWith("cannot be read: "));
    }

    [Test]
    public async Task A_thousand_programs_are_asked_about_and_more_than_fit_are_not()
    {
        Assert.That(ObjectInspection.Of(await OfProgramsAsync(1000)).Refusal, Is.Null);
        Assert.That(ObjectInspection.Of(await OfProgramsAsync(ObjectInspection.MostParts + 1)).Refusal, Is.EqualTo(
            "has more than 4096 programs, maps and functions, each of which would be asked about"));
    }

    [Test]
    public void Names_without_an_end_take_no_memory()
    {
        // Names of sections and symbols overlap in a table without an end, so that each is as long as the table.
        var table = BitConverter.ToInt64(_plain, 0x28);
        var names = BitConverter.ToUInt16(_plain, 0x3e);
        byte[] file = [.. _plain, .. Enumerable.Repeat((byte)'x', 1 << 20)];
        BitConverter.GetBytes((long)_plain.Length).CopyTo(file, table + names * 64 + 0x18);
        BitConverter.GetBytes((long)(1 << 20)).CopyTo(file, table + names * 64 + 0x20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(ObjectInspection.Of(file).Refusal,
            Is.EqualTo("is damaged or cut off: section 0 has no name, or a longer one than any"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1L << 20));
    }

    /// <summary>Of the programs, all but the first are further names of it, which no compiler needs time for.</summary>
    private async Task<string> OfProgramsAsync(int count) => await BpfCompiler.CompileAsync(
        _directory[$"of-{count}.o"],
        "SEC(\"socket\") int p0(void *c) { return 0; }\n" + string.Concat(Enumerable.Range(1, count - 1).Select(i =>
            $"__asm__(\".globl p{i}\\n.type p{i},@function\\n.set p{i}, p0\");\n")));

    [Test]
    public void Cut_anywhere_it_is_refused_in_one_line() =>
        Assert.That(
            Enumerable.Range(0, _plain.Length / 16).Select(i => ObjectInspection.Of(_plain[..(i * 16)]).Refusal),
            Is.All.Not.Null.And.All.Not.Contain("\n"));

    /// <summary>Whatever a byte is, the harness reads the file or refuses it, in little time and memory.</summary>
    [Test]
    public void Damaged_anywhere_it_is_read_or_refused()
    {
        var random = new Random(17);
        for (var i = 0; i < 3_000; i++)
        {
            var damaged = _plain.ToArray();
            for (var n = random.Next(1, 5); n > 0; n--)
            {
                // Half of them in the headers, which say where all else is.
                var place = random.Next(2) == 0 ? random.Next(64) : random.Next(damaged.Length);
                damaged[place] = (byte)random.Next(256);
            }
            var seen = ObjectInspection.Of(damaged);
            Assert.That(seen.Refusal is null, Is.EqualTo(seen.Content is not null));
        }
        Assert.That(GC.GetTotalMemory(forceFullCollection: false), Is.LessThan(1L << 30));
    }
}
