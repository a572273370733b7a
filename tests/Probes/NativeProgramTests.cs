using CliWrap;
using Harness.Probes;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Probes;

public sealed class NativeProgramTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public async Task Its_table_is_read_in_its_order()
    {
        var prober =
            await NativeProgram.LoadAsync("inner-maps",
                Fake(@"[ $1 != --list ] || printf 'raw.b\treject\tthe sizes differ\nraw.a\taccept\t\n'"),
                CancellationToken.None);
        Assert.That(prober.Cases,
            Is.EqualTo(
                new[] { new ProbeCase("raw.b", Outcome.Reject, "the sizes differ"),
                    new ProbeCase("raw.a", Outcome.Accept, "") }));
        Assert.That(prober.Sha256, Has.Length.EqualTo(64));
    }

    [Test]
    public void Other_files_beside_it_make_it_another_program()
    {
        var bare = new NativeProgram("sample", "/p", Samples.Sha256, []);
        string Hash(string path, string content, uint permissions = GuestFile.Readable) =>
            bare.With([new GuestFile(path, System.Text.Encoding.UTF8.GetBytes(content), permissions)]).Sha256;
        Assert.That(
            new[] { bare.Sha256, Hash("/a", "x"), Hash("/b", "x"), Hash("/a", "y"),
                Hash("/a", "x", GuestFile.Executable) },
            Is.Unique);
        Assert.That(Hash("/a", "x"), Has.Length.EqualTo(64));
    }

    [Test]
    public async Task What_it_is_made_of_is_read_too()
    {
        const string Script = """
            case $1 in
                --list) printf 'libbpf.a.libbpf-1-5\taccept\tsizes agree\n' ;;
                --version) echo 'prober protocol=1 libbpf=1.5' ;;
            esac
            """;
        var prober = await NativeProgram.LoadAsync("inner-maps", Fake(Script), CancellationToken.None, "libbpf-1-5");
        Assert.That((prober.Probe, prober.Label), Is.EqualTo(("inner-maps", "libbpf-1-5")));
        Assert.That(prober.Facts,
            Is.EqualTo(new Dictionary<string, string> { ["protocol"] = "1", ["libbpf"] = "1.5" }));
    }

    [TestCase("echo raw.a", "the prober's table has a line that is not 'id, accept or reject, source': 'raw.a'")]
    [TestCase(@"printf 'raw.a\tmaybe\tx\n'", "the prober's table has a line that is not")]
    [TestCase("echo no >&2; exit 2", "exited with 2: no")]
    public void A_prober_that_does_not_answer_as_agreed_is_refused(string script, string message)
    {
        var path = Fake(script);
        Assert.That(async () =>
            await NativeProgram.LoadAsync("inner-maps", path, CancellationToken.None),
            Throws.TypeOf<ProgramException>().With.Message.Contains(message));
    }

    [Test]
    public void A_missing_prober_is_named_with_the_way_to_make_it() =>
        Assert.That(async () =>
            await NativeProgram.LoadAsync("inner-maps", _directory["prober"], CancellationToken.None),
            Throws.TypeOf<ProgramException>().With.Message.EqualTo(
                $"{_directory["prober"]}: the prober is not built; run `make build`"));

    [Test]
    public void A_selection_keeps_the_tables_order_and_takes_each_case_once()
    {
        var prober =
            new NativeProgram("inner-maps", "", "",
                [new("raw.b.none", Outcome.Accept, ""), new("raw.a.none", Outcome.Accept, ""),
                    new("raw.a.struct", Outcome.Accept, "")]);
        Assert.That(prober.Select([new Glob("raw.a.*"), new Glob("*.none")]).Select(c => c.Id),
            Is.EqualTo(new[] { "raw.b.none", "raw.a.none", "raw.a.struct" }));
        Assert.That(prober.Select([]), Has.Count.EqualTo(3));
        Assert.That(prober.Select([new Glob("libbpf.*")]), Is.Empty);
    }

    /// <summary>
    /// The prober selects with fnmatch(3), the harness with <see cref="Glob"/>: a run needs both to come to the same.
    /// </summary>
    [TestCase("raw.*.{array,hash,lru_hash}.{none,struct}.*")]
    [TestCase("*.struct.none")]
    [TestCase("raw.*_of_maps.[ah]*.none.none.max_entries*")]
    [TestCase("*.[!n]*")]
    [TestCase("none")]
    public async Task The_built_prober_selects_the_same_cases(string pattern)
    {
        var path = Repository.Find().Prober;
        var prober = await NativeProgram.LoadAsync("inner-maps", path, CancellationToken.None);
        var list = await new Command(path)
            .WithArguments([.. new Glob(pattern).Alternatives.SelectMany(a => new[] { "--case", a }), "--list"])
                .TryRunAsync(CancellationToken.None);
        var selected = list.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')[0]);
        Assert.That(prober.Select([new Glob(pattern)]).Select(c => c.Id), Is.EqualTo(selected));
    }

    private string Fake(string script)
    {
        var path = _directory.Write("prober", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
