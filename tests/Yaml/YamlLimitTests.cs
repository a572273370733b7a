using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Yaml;

/// <summary>Files that would take all memory, all of the stack or all time are refused, with the reason.</summary>
public sealed class YamlLimitTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [TestCase("[")]
    [TestCase("{a: ")]
    [TestCase("- ")]
    public void What_is_nested_too_deep_is_refused_with_its_place(string level)
    {
        var path = _directory.Write("kernels.yaml", string.Concat(Enumerable.Repeat(level, 100_000)));
        Assert.That(Problem(path), Does.Match($"^{path}:1:[0-9]+: values are nested more than 64 levels deep$"));
    }

    [Test]
    public async Task What_is_no_regular_file_is_refused()
    {
        await Fifos.MakeAsync(_directory["fifo"]);
        Assert.That(await SoonAsync(_directory["fifo"]), Is.EqualTo($"{_directory["fifo"]}: is no regular file"));
        Assert.That(await SoonAsync("/dev/zero"), Is.EqualTo("/dev/zero: is no regular file"));
        Assert.That(Problem(_directory.Path), Is.EqualTo($"{_directory.Path}: is a directory"));
    }

    [Test]
    public async Task Neither_are_expectations_read_from_one()
    {
        var matrix = _directory.Write("kernels.yaml",
            "kernels:\n  - image: some\nexpectations_file: /dev/zero\n");
        Assert.That(await SoonAsync(matrix), Is.EqualTo("/dev/zero: is no regular file"));
    }

    [Test]
    public void A_file_of_no_sensible_size_is_refused()
    {
        var path = _directory.Write("kernels.yaml", "kernels:\n");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(65 << 20);
        }
        Assert.That(Problem(path), Does.Contain("68157440 bytes, and at most 67108864 are read"));
    }

    /// <summary>Opening a FIFO would never begin, and reading /dev/zero never end: then the test fails.</summary>
    private static Task<string> SoonAsync(string path) =>
        Task.Run(() => Problem(path)).WaitAsync(TimeSpan.FromSeconds(30));

    private static string Problem(string path)
    {
        try
        {
            Matrices.Load(path);
            return "none";
        }
        catch (YamlFileException e)
        {
            return e.Problems.Single();
        }
    }
}
