using Harness.Probes;
using Harness.Probes.Libbpf;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Libbpf;

/// <summary>
/// The builder with a make that is a script: what arguments it gets, when it is called, and how its failures are told.
/// </summary>
public sealed class ProberBuilderTests
{
    private static readonly ProberSettings _settings = new([ProberSettings.DefaultClang], null, "");

    private readonly List<string> _told = [];
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeSources()
    {
        _told.Clear();
        _directory = new TemporaryDirectory();
        _directory.Write("bpf/main.c", "int main(void);");
        _directory.Write("bpf/objects/declared.bpf.c", "struct foo;");
        Programs.Copy("make", _directory["make"]);
    }

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public async Task A_prober_is_built_once_in_a_directory_of_its_own()
    {
        var first = await BuildAsync(_settings);
        var second = await BuildAsync(_settings);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(await File.ReadAllTextAsync(first), Is.EqualTo("a prober\n"));
        Assert.That(first, Does.StartWith(_directory["cache", "probers"]));
        Assert.That(Called, Has.Count.EqualTo(1));
        Assert.That(_told, Is.EqualTo(new[] { "building the prober for clang, the machine's libbpf" }));
        var kept = Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(first)!).Select(Path.GetFileName);
        Assert.That(kept, Is.EqualTo(new[] { "prober" }), "nothing but the prober is kept");
    }

    [Test]
    public async Task Two_at_a_time_build_it_once()
    {
        var built = await Task.WhenAll(BuildAsync(_settings), BuildAsync(_settings));
        Assert.That(built.Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(Called, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_it_is_built_from_decides_which_one_it_is()
    {
        var libbpf = Path.GetDirectoryName(_directory.Write("libbpf/usr/lib/libbpf.a", "old"))!;
        var paths = new List<string>
        {
            await BuildAsync(_settings),
            await BuildAsync(_settings with { Label = "libbpf-1-5" }),
            await BuildAsync(_settings with { LibbpfDirectory = libbpf }),
        };
        _directory.Write("libbpf/usr/lib/libbpf.a", "new");
        paths.Add(await BuildAsync(_settings with { LibbpfDirectory = libbpf }));
        _directory.Write("bpf/objects/declared.bpf.c", "struct foo { int a; };");
        paths.Add(await BuildAsync(_settings));
        Assert.That(paths, Is.Unique);
    }

    [Test]
    public async Task What_an_earlier_build_left_and_people_read_does_not_count()
    {
        var before = await BuildAsync(_settings);
        _directory.Write("bpf/build/main.o", "left by make build");
        _directory.Write("bpf/README.md", "new words");
        _directory.Write("bpf/.gitignore", "build/");
        Assert.That(await BuildAsync(_settings), Is.EqualTo(before));
    }

    [Test]
    public async Task A_failure_says_what_was_called_and_what_it_said_and_leaves_nothing()
    {
        _directory.Write("broken", "");
        Assert.That(async () => await BuildAsync(_settings), Throws.TypeOf<ProgramException>()
            .With.Message.Contains("the prober for clang, the machine's libbpf cannot be built")
            .And.Message.Contains("CLANGS=clang")
            .And.Message.Contains("exited with 2: objects/declared.bpf.c:7: error: no such thing"));
        File.Delete(_directory["broken"]);
        Assert.That(await BuildAsync(_settings), Does.Exist);
    }

    [Test]
    public void A_compiler_that_does_not_run_is_said() =>
        Assert.That(async () => await BuildAsync(_settings with { Clangs = ["clang-999"] }),
            Throws.TypeOf<ProgramException>().With.Message.Contains("clang-999"));

    [Test]
    public async Task The_environment_of_another_make_does_not_get_in()
    {
        Environment.SetEnvironmentVariable("CFLAGS", "-O0");
        try
        {
            await BuildAsync(_settings);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CFLAGS", null);
        }
        Assert.That(Called.Single(), Does.EndWith("[unset unset]"));
    }

    private List<string> Called => [.. File.ReadLines(_directory["called"])];

    private Task<string> BuildAsync(ProberSettings settings) =>
        new ProberBuilder(_directory["bpf"], _directory["cache"], _told.Add, _directory["make"])
            .BuildAsync(settings, CancellationToken.None);
}
