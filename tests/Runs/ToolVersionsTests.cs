using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>Versions are asked of the real programs.</summary>
public sealed class ToolVersionsTests
{
    private TemporaryDirectory _directory = null!;

    private string Remembered => _directory["tool-versions.json"];

    [SetUp]
    public void Make_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_directory() => _directory.Dispose();

    [Test]
    public async Task A_packaged_programs_answer_is_remembered()
    {
        var first = await AskAsync("sed");
        Assert.That(first, Does.Contain("sed"));
        var another = first!.Replace("sed", "SED", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Remembered,
            (await File.ReadAllTextAsync(Remembered)).Replace(first, another, StringComparison.Ordinal));
        Assert.That(await AskAsync("sed"), Is.EqualTo(another), "from memory");
    }

    [Test]
    public async Task A_file_that_changed_is_asked_again()
    {
        var first = await AskAsync("sed");
        var text = await File.ReadAllTextAsync(Remembered);
        var size = new FileInfo(Harness.Files.RealPath("/usr/bin/sed")).Length.ToString(
            System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Remembered,
            text.Replace(size, "1", StringComparison.Ordinal).Replace(first!, "of old", StringComparison.Ordinal));
        Assert.That(await AskAsync("sed"), Is.EqualTo(first));
        Assert.That(await File.ReadAllTextAsync(Remembered), Does.Not.Contain("of old"));
    }

    [Test]
    public async Task What_is_not_there_has_no_version()
    {
        Assert.That(await AskAsync("no-such-program"), Is.Null);
        Assert.That(Remembered, Does.Not.Exist);
    }

    [Test]
    public async Task A_damaged_memory_is_none()
    {
        await File.WriteAllTextAsync(Remembered, "[{");
        Assert.That(await AskAsync("sed"), Does.Contain("sed"));
    }

    private Task<string?> AskAsync(string program) =>
        new ToolVersions(_directory.Path).OfAsync(program, CancellationToken.None);
}
