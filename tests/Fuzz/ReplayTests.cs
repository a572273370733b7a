namespace Harness.Tests.Fuzz;

/// <summary>
/// The inputs from which the fuzzer starts, and those that once showed a bug (docs/fuzzing.md).
/// </summary>
public sealed class ReplayTests
{
    /// <summary>Far more than an input takes; some of the findings took for ever.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    private static IEnumerable<string> Targets => FuzzTargets.All.Keys;

    [OneTimeTearDown]
    public void Remove_what_the_targets_wrote() => Scratch.RemoveAll();

    [Test]
    public void What_the_targets_wrote_is_removed()
    {
        var scratch = new Scratch();
        scratch.Write("file", "content"u8);
        Remove_what_the_targets_wrote();
        Assert.That(scratch.Directory, Does.Not.Exist);
    }

    [TestCaseSource(nameof(Targets))]
    public async Task What_must_hold_for_every_input_holds_for_those_that_are_kept(string name)
    {
        var inputs = Inputs.Findings(name).Concat(Inputs.Corpus(name)).ToList();
        Assert.That(inputs, Is.Not.Empty, "a target has inputs to start from");
        var target = FuzzTargets.All[name]();
        foreach (var input in inputs)
        {
            var bytes = await File.ReadAllBytesAsync(input);
            Assert.That(async () => await Task.Run(() => target.Check(bytes)).WaitAsync(_longest), Throws.Nothing,
                Path.GetRelativePath(Inputs.Root, input));
        }
    }

    [Test]
    public void Each_folder_of_inputs_and_each_dictionary_is_a_targets()
    {
        string[] native = [.. Directory.GetFiles(Inputs.Native, "*.c").Select(Path.GetFileNameWithoutExtension)!];
        var known = FuzzTargets.All.Keys.Concat(native).ToHashSet();
        var found = new[] { "corpus", "findings", "dictionaries" }
            .SelectMany(kind => Directory.GetFileSystemEntries(Path.Combine(Inputs.Root, kind)))
            .Select(Path.GetFileNameWithoutExtension);
        Assert.That(found.Where(name => !known.Contains(name!)), Is.Empty);
    }

    [Test]
    public void What_is_kept_stays_small() => Assert.That(
        Directory.GetFiles(Inputs.Root, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(Inputs.Root, path).Split('/')[0] is "corpus" or "findings" or "extra")
            .Sum(path => new FileInfo(path).Length), Is.LessThan(300_000));
}
