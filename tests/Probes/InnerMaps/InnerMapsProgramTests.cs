using Harness.Machines;
using Harness.Probes;
using Harness.Probes.InnerMaps;
using Harness.Probes.Libbpf;
using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Probes.InnerMaps;

/// <summary>What the axes of a matrix ask for: checked first, and with the default alone nothing is built.</summary>
public sealed class InnerMapsProgramTests
{
    private static readonly Repository _repository = Repository.Find();

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public async Task All_that_is_not_installed_is_said_at_once_with_place_and_remedy()
    {
        _directory.Write("libbpf/0.3/usr/lib/libbpf.a", "");
        _directory.Write("libbpf/1.10/usr/lib/libbpf.a", "");
        _directory.Write("libbpf/1.9/usr/lib/libbpf.a", "");
        _directory.Write("libbpf/1.6/package", "cut off while it was unpacked");
        var error = await Assert.ThrowsAsync<YamlFileException>(() => PrepareAsync(
            [new("m.yaml:1:14", "clang-998"), new("m.yaml:1:25", "clang-999")],
            [new("m.yaml:2:10", "machine"), new("m.yaml:2:19", "0.3"), new("m.yaml:2:26", "1.6")]));
        Assert.That(error!.Problems, Is.EqualTo(new[]
        {
            "m.yaml:1:14: clang-998 is not installed; run scripts/setup --clang 998",
            "m.yaml:1:25: clang-999 is not installed; run scripts/setup --clang 999",
            "m.yaml:2:26: a static libbpf 1.6 is not in the cache (there are 0.3, 1.9, 1.10);"
                + " run scripts/setup --libbpf 1.6",
        }));
    }

    [Test]
    public async Task An_empty_cache_is_named()
    {
        var error = await Assert.ThrowsAsync<YamlFileException>(
            () => PrepareAsync([], [new("m.yaml:2:10", "machine"), new("m.yaml:2:19", "1.5")]));
        Assert.That(error!.Problems, Is.EqualTo(new[]
        {
            "m.yaml:2:19: a static libbpf 1.5 is not in the cache (none is); run scripts/setup --libbpf 1.5",
        }));
    }

    [Test]
    public async Task Without_axes_the_built_prober_is_taken()
    {
        foreach (var clangs in new AxisValue[][] { [], [new("m.yaml:1:14", "clang")] })
        {
            var set = await PrepareAsync(clangs, []);
            Assert.That((set.First.Path, set.First.Label), Is.EqualTo((_repository.Prober, "")));
            Assert.That(set.Further, Is.Empty);
            Assert.That(_directory["probers"], Does.Not.Exist);
        }
    }

    [Test]
    public async Task A_release_builds_nothing_and_says_where_the_matrix_wants_it_to()
    {
        var release = _repository with { IsRelease = true };
        var error = await Assert.ThrowsAsync<YamlFileException>(() => PrepareAsync(
            [new("m.yaml:1:14", "clang"), new("m.yaml:1:21", "clang-19")],
            [new("m.yaml:2:10", "machine"), new("m.yaml:2:19", "1.5")], release));
        Assert.That(error!.Problems, Is.EqualTo(new[] { "1:14: clang", "1:21: clang-19", "2:19: 1.5" }.Select(value =>
            $"m.yaml:{value}: a release has no sources to build a prober from; use a checkout of the harness for such"
                + " a matrix")));
        var set = await PrepareAsync([new("m.yaml:1:14", "clang")], [new("m.yaml:2:10", "machine")], release);
        Assert.That(set.First.Path, Is.EqualTo(_repository.Prober), "the usual is there");
    }

    [Test]
    public async Task For_another_machine_the_prober_is_the_one_that_is_built_for_it()
    {
        var bpf = Directory.CreateDirectory(_directory["checkout", "bpf", "build", "pdp11"]).Parent!;
        File.CreateSymbolicLink(Path.Combine(bpf.FullName, "prober"), _repository.Prober);
        var request = new ProgramRequest(
            new Repository(_directory["checkout"]), _directory.Path, YamlSections.None, _ => { })
        {
            Machine = MachineList.Default with { Name = "pdp11" },
        };
        var program = new InnerMapsProgram(_directory["no-make"]);
        var error = await Assert.ThrowsAsync<ProgramException>(
            () => program.PrepareAsync(request, CancellationToken.None));
        Assert.That(error!.Message, Does.EndWith("pdp11/prober: the prober is not built for pdp11"));
        await File.WriteAllTextAsync(Path.Combine(bpf.FullName, "pdp11", "prober"), "of another machine");
        var there = (await program.PrepareAsync(request, CancellationToken.None)).First;
        var here = (await PrepareAsync([], [])).First;
        Assert.That((there.Path, there.Sha256), Is.EqualTo((
            Path.Combine(bpf.FullName, "pdp11", "prober"), Hashes.Sha256OfText("of another machine"))));
        Assert.That(there.Cases, Is.EqualTo(here.Cases), "what cannot run here is not asked");
    }

    [Test]
    public async Task The_real_objects_are_whole_but_where_clang_drops_a_struct()
    {
        var programs = await PrepareAsync([], []);
        var facts = programs.Facts([new ProgramTask(programs.First, programs.First.Cases)]);
        var clang = RunFacts.Toolchains(Samples.Run() with { Facts = facts }).Single();
        var major = clang.Name["clang-".Length..];
        Assert.That(clang.Version, Does.StartWith(major + "."), "the version of the machine's clang");
        var dropped = int.Parse(major, System.Globalization.CultureInfo.InvariantCulture) < 22;
        foreach (var item in clang.Objects)
        {
            var incomplete = dropped && item.Name.EndsWith(".named_only", StringComparison.Ordinal);
            var expected = (!incomplete, incomplete ? "struct foo is a FWD" : null);
            Assert.That((item.Complete, item.Problem), Is.EqualTo(expected), item.Name);
        }
        var named = clang.Objects.Count(o => o.Name.EndsWith(".named_only", StringComparison.Ordinal));
        Assert.That(named, Is.GreaterThanOrEqualTo(6));
        Assert.That(clang.Objects.Select(o => o.Name), Is.Unique.And.Contains("array_of_maps.lru_hash.struct"));
    }

    private Task<ProbePrograms> PrepareAsync(
        IReadOnlyList<AxisValue> toolchains, IReadOnlyList<AxisValue> libbpf, Repository? repository = null)
    {
        var request = new ProgramRequest(repository ?? _repository, _directory.Path, YamlSections.None, _ => { });
        var program = new InnerMapsProgram(_directory["no-make"]);
        return program.PrepareAsync(request, toolchains, libbpf, CancellationToken.None);
    }
}
