using Harness.Probes;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class CaseFilesTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public void Each_byte_is_as_the_guest_wrote_it()
    {
        Write(new CaseFile("sample.a", "out", "\0é\u00ff\n"));
        Assert.That(File.ReadAllBytes(_directory["k.boot-2.sample.a.out.log"]),
            Is.EqualTo(new byte[] { 0, 0xe9, 0xff, 0x0a }));
    }

    [Test]
    public void Of_a_long_text_the_beginning_and_the_end_are_kept()
    {
        Write(new CaseFile("sample.a", "out", $"begin{new string('x', CaseFiles.Longest)}end"));
        var kept = File.ReadAllText(_directory["k.boot-2.sample.a.out.log"]);
        Assert.That(kept, Has.Length.AtMost(CaseFiles.Longest));
        Assert.That(kept, Does.StartWith("begin").And.EndWith("end").And.Contain("\n[...]\n"));
    }

    [Test]
    public void A_name_that_no_file_system_takes_costs_its_file_alone()
    {
        Write(new CaseFile(new string('a', 300), "out", "x"), new CaseFile("sample.b", "out", "x"));
        Assert.That(Directory.GetFiles(_directory["."]).Select(Path.GetFileName),
            Is.EqualTo(new[] { "k.boot-2.sample.b.out.log" }));
    }

    [TestCase("../evil", "out")]
    [TestCase("a/../../evil", "out")]
    [TestCase("sample.a", "../../evil")]
    [TestCase("sample.a\0", "out")]
    public void No_name_leads_out_of_the_directory(string id, string name)
    {
        Write(new CaseFile(id, name, "x"));
        Assert.That(Directory.GetFileSystemEntries(_directory["."], "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(_directory["."])!, "*evil*"), Is.Empty);
    }

    private void Write(params CaseFile[] files) => new CaseFiles(_directory["k.boot-2.log"]).Write(files);
}
