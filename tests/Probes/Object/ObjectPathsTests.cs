using Harness.Probes.Object;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Object;

/// <summary>A user names objects by a file, a directory or a pattern.</summary>
public sealed class ObjectPathsTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeFiles()
    {
        _directory = new TemporaryDirectory();
        foreach (var file in new[] { "a.bpf.o", "b.o", "build/c.bpf.o", "build/deep/d.bpf.o", "build/.e.bpf.o" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_directory[file])!);
            File.WriteAllText(_directory[file], "");
        }
    }

    [TearDown]
    public void RemoveFiles() => _directory.Dispose();

    [TestCase("b.o", "b.o")]
    [TestCase("build", "build/.e.bpf.o build/c.bpf.o build/deep/d.bpf.o")]
    [TestCase("*.o", "a.bpf.o b.o")]
    [TestCase("build/*.bpf.o", "build/c.bpf.o")]
    [TestCase("build/.*.o", "build/.e.bpf.o")]
    [TestCase("build/**/*.bpf.o", "build/c.bpf.o build/deep/d.bpf.o")]
    [TestCase("**/[cd].bpf.o", "build/c.bpf.o build/deep/d.bpf.o")]
    [TestCase("build/{c,x}.bpf.o", "build/c.bpf.o")]
    [TestCase("b*/d*/?.bpf.o", "build/deep/d.bpf.o")]
    public void It_finds(string path, string files) =>
        Assert.That(ObjectPaths.Find(_directory[path]).Select(f => Path.GetRelativePath(_directory.Path, f)),
            Is.EqualTo(files.Split(' ')));

    [TestCase("none.bpf.o", "none.bpf.o: no such file")]
    [TestCase("*.ko", "*.ko: no file matches")]
    [TestCase("build/[c", "'[c' has a [ without ]")]
    public void What_names_nothing_is_said(string path, string message) =>
        Assert.That(() => ObjectPaths.Find(_directory[path]),
            Throws.TypeOf<FormatException>().With.Message.Contains(message));

    [Test]
    public void A_directory_without_objects_is_said()
    {
        Directory.CreateDirectory(_directory["empty"]);
        Assert.That(() => ObjectPaths.Find(_directory["empty"]),
            Throws.TypeOf<FormatException>().With.Message.EqualTo($"{_directory["empty"]}: no *.bpf.o is below it"));
    }

    [Test]
    public void A_link_to_a_directory_above_ends_nothing()
    {
        Directory.CreateSymbolicLink(_directory["build/up"], _directory.Path);
        Assert.That(ObjectPaths.Find(_directory["build"]), Has.Some.EndsWith("build/c.bpf.o"));
    }

    [Test]
    public void More_files_than_anybody_asks_about_are_said()
    {
        for (var i = 0; i < 1001; i++)
        {
            File.WriteAllText(_directory[$"build/deep/{i}.bpf.o"], "");
        }
        Assert.That(() => ObjectPaths.Find(_directory["build/deep"]),
            Throws.TypeOf<FormatException>().With.Message.Contains("names more than 1000 objects"));
    }
}
