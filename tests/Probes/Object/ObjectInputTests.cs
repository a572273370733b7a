using Harness.Cli;
using Harness.Matrix;
using Harness.Probes;
using Harness.Probes.Object;
using Harness.Results;
using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Probes.Object;

/// <summary>Objects are named in a matrix or by options; what is wrong is said before anything boots.</summary>
public sealed class ObjectInputTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeFiles()
    {
        _directory = new TemporaryDirectory();
        Directory.CreateDirectory(_directory["build"]);
        foreach (var name in new[] { "one", "two.v2", "3 ä" })
        {
            File.WriteAllText(_directory[$"build/{name}.bpf.o"], "");
        }
    }

    [TearDown]
    public void RemoveFiles() => _directory.Dispose();

    [Test]
    public void A_pattern_names_several_objects_relative_to_the_matrix()
    {
        var subjects = Subjects("- { object: 'build/*.bpf.o', attach: true, supports: '>=6.1' }");
        Assert.That(subjects.Select(s => (s.IdStart, s.Name, s.GuestName, s.Attach, s.Supports?.ToString())),
            Is.EqualTo(new[]
            {
                ("object.3__", "3 ä.bpf.o", "3__", true, ">=6.1"),
                ("object.one", "one.bpf.o", "one", true, ">=6.1"),
                ("object.two_v2", "two.v2.bpf.o", "two_v2", true, ">=6.1"),
            }));
        Assert.That(subjects.Select(s => s.File), Is.All.StartsWith(_directory["build/"]));
    }

    [Test]
    public void Equal_names_get_numbers_and_an_entry_may_have_a_name_of_its_own()
    {
        var subjects = Subjects("""
            - { object: build/one.bpf.o }
              - { object: build/one.bpf.o, name: one }
              - { object: build/one.bpf.o, name: "my object" }
            """);
        Assert.That(subjects.Select(s => (s.IdStart, s.GuestName, s.Name)), Is.EqualTo(new[]
        {
            ("object.one", "one", "one.bpf.o"), ("object.one-2", "one-2", "one"),
            ("object.my_object", "my_object", "my object"),
        }));
    }

    [TestCase("{ object: build/none.bpf.o }", "none.bpf.o: no such file")]
    [TestCase("{ object: 'build/*.ko' }", "*.ko: no file matches")]
    [TestCase("{ object: '' }", "no path")]
    [TestCase("{ object: 'build/*.bpf.o', name: all }", "one name for 3 objects")]
    [TestCase("{ object: build/one.bpf.o, name: ' ' }", "the name is blank")]
    [TestCase("{ object: build/one.bpf.o, supports: someday }", "no condition on versions")]
    [TestCase("{ object: build/one.bpf.o, args: [a] }", "args")]
    public void What_is_wrong_in_a_matrix_is_said_with_its_place(string entry, string message)
    {
        var error = Assert.Throws<YamlFileException>(() => Subjects($"- {entry}"))!;
        Assert.That(error.Problems, Has.Some.Contains(message));
        Assert.That(error.Problems, Is.All.StartsWith(_directory["kernels.yaml"] + ":3:"));
    }

    [Test]
    public void Options_name_objects_each_once()
    {
        var problems = new List<string>();
        var subjects = Given(problems, ("--object", [_directory["build"], _directory["build/one.bpf.o"]]),
            ("--attach", [""]));
        Assert.That(problems, Is.Empty);
        Assert.That(subjects.Select(s => (s.IdStart, s.Attach)),
            Is.EqualTo(new[] { ("object.3__", true), ("object.one", true), ("object.two_v2", true) }));
        Assert.That(subjects.Select(s => s.At), Is.All.StartsWith("--object /"));
    }

    [Test]
    public void What_is_wrong_with_options_is_said()
    {
        var problems = new List<string>();
        Given(problems, ("--object", ["", _directory["none"]]));
        Given(problems, ("--attach", [""]));
        Assert.That(problems, Is.EqualTo(new[]
        {
            "--object '': no path", $"--object: {_directory["none"]}: no such file",
            "--attach goes with --object; in a matrix, an entry has `attach: true`",
        }));
    }

    [Test]
    public void Without_options_nothing_is_asked() =>
        Assert.That(new ObjectInput().Read(ProbeOptionValues.None, []), Is.Empty);

    [Test]
    public void Its_author_foresees_that_it_does_not_load_where_it_is_not_meant_to()
    {
        var subject = Subjects("- { object: build/one.bpf.o, supports: '>=6.1' }")[0];
        var foreseen = subject.Foreseen[0];
        Assert.That((foreseen.Status, foreseen.ButOn?.ToString(), foreseen.Why),
            Is.EqualTo((CaseStatus.Fail, ">=6.1", "Its author means it for >=6.1 only.")));
        Assert.That(new[] { "object.one.load", "object.one.prog.p" }.All(foreseen.Cases.Matches));
        Assert.That(foreseen.Cases.Matches("object.one-2.load"), Is.False);
        Assert.That(subject.Foreseen[1].Cases.Matches("object.one.attach.p"));
    }

    [Test]
    public void A_long_name_leaves_room_for_the_rest_of_an_id() =>
        Assert.That(ObjectSubject.Of("", "/" + new string('x', 200), null, false, null).GuestName,
            Has.Length.EqualTo(56));

    private IReadOnlyList<ObjectSubject> Subjects(string entries)
    {
        File.WriteAllText(_directory["vmlinuz"], "");
        var path = _directory.Write("kernels.yaml",
            $"kernels: [{{ image: vmlinuz }}]\nprobes:\n  {entries}\n");
        var matrix = new MatrixLoader(Catalog.Default.Matrix).Load(path);
        return [.. matrix.Probes.SelectMany(p => p.Subjects).Cast<ObjectSubject>()];
    }

    private static IReadOnlyList<ObjectSubject> Given(
        List<string> problems, params (string Name, IReadOnlyList<string> Values)[] options) =>
    [
        .. new ObjectInput().Read(new ProbeOptionValues(options.ToDictionary(o => o.Name, o => o.Values)), problems)
            .Cast<ObjectSubject>(),
    ];
}
