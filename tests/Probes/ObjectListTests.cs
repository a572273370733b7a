using CliWrap;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Probes;

/// <summary>
/// The list of cases that the native program <c>object</c> makes of BPF objects, which needs no kernel. The objects are
/// those that <c>make build</c> builds for another probe.
/// </summary>
public sealed class ObjectListTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public async Task An_object_has_a_case_as_a_whole_and_one_for_each_program_and_map()
    {
        CopyObject("mine.bpf.o");
        Assert.That(await ListAsync(), Is.EqualTo(new[]
        {
            "object.mine.load", "object.mine.prog.look_up", "object.mine.map.outer",
        }));
    }

    [Test]
    public async Task Programs_are_attached_where_that_is_asked_for()
    {
        CopyObject("mine.bpf.o");
        CopyObject("other.bpf.o");
        _directory.Write("mine.attach", "");
        Assert.That((await ListAsync()).Where(id => id.Contains("attach", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "object.mine.attach.look_up" }));
    }

    [Test]
    public async Task Objects_whose_names_differ_in_what_an_id_cannot_hold_have_ids_of_their_own()
    {
        CopyObject("a b.bpf.o");
        CopyObject("a:b.bpf.o");
        Assert.That(await ListAsync(), Is.EqualTo(new[]
        {
            "object.a_b.load", "object.a_b.prog.look_up", "object.a_b.map.outer",
            "object.a_b.load-2", "object.a_b.prog.look_up-2", "object.a_b.map.outer-2",
        }));
    }

    [Test]
    public async Task A_file_that_is_no_object_is_asked_as_a_whole_and_holds_up_nothing()
    {
        var whole = await File.ReadAllBytesAsync(SomeObject);
        _directory.Write("empty.bpf.o", "");
        _directory.Write("text.bpf.o", "not an ELF\n");
        await File.WriteAllBytesAsync(_directory["truncated.bpf.o"], whole[..(whole.Length / 2)]);
        await File.WriteAllBytesAsync(_directory["zero.bpf.o"], new byte[50 << 20]);
        CopyObject("good.bpf.o");
        Assert.That((await ListAsync()).Where(id => id.EndsWith(".load", StringComparison.Ordinal)),
            Is.EqualTo(new[]
            {
                "object.empty.load", "object.good.load", "object.text.load", "object.truncated.load",
                "object.zero.load",
            }));
        Assert.That(await ListAsync(), Has.Count.EqualTo(7));
    }

    /// <summary>
    /// Each word of an object's BTF in turn is a number that is much too large. Of such objects, libbpf 1.1 refuses a
    /// third, and crashes on nine.
    /// </summary>
    [Test]
    public async Task Damaged_objects_that_crash_the_library_cost_only_their_own_cases()
    {
        const int Words = 150, Header = 24;
        var whole = await File.ReadAllBytesAsync(SomeObject);
        // struct btf_header: its magic and version
        var start = whole.AsSpan().IndexOf(new byte[] { 0x9f, 0xeb, 1, 0 }) + Header;
        foreach (var word in Enumerable.Range(0, Words))
        {
            var damaged = whole.ToArray();
            BitConverter.TryWriteBytes(damaged.AsSpan(start + (4 * word)), 0x529b840e);
            await File.WriteAllBytesAsync(_directory[$"damaged{word}.bpf.o"], damaged);
        }
        CopyObject("good.bpf.o");
        var ids = await ListAsync();
        Assert.That(ids.Count(id => id.EndsWith(".load", StringComparison.Ordinal)), Is.EqualTo(Words + 1));
        Assert.That(ids.Count(id => id.StartsWith("object.good.", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    private static string SomeObject =>
        Directory.EnumerateFiles(Repository.Find().Built("objects"), "array_of_maps.array.struct.bpf.o",
            SearchOption.AllDirectories).First();

    private void CopyObject(string name) => File.Copy(SomeObject, _directory[name]);

    private async Task<IReadOnlyList<string>> ListAsync()
    {
        var list = await new Command(Repository.Find().Built("object"))
            .WithArguments(["--list"])
            .WithEnvironmentVariables(e => e.Set("HARNESS_OBJECTS", _directory.Path))
            .RunAsync(CancellationToken.None);
        return [.. list.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')[0])];
    }
}
