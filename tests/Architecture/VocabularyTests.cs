using System.Text.RegularExpressions;

namespace Harness.Tests.Architecture;

/// <summary>
/// The words of one probe stand in its room only, and those of one machine in the rooms of machines and kernels.
/// Comments count too: a room that speaks of inner maps is written for one probe.
/// </summary>
public sealed partial class VocabularyTests
{
    private static readonly string _harness = Path.Combine(Repository.Find().Path, "harness");

    /// <summary>Files elsewhere that need a probe's words; at most three, each with the reason behind it.</summary>
    private static readonly string[] _probeExceptions =
    [
        "Bisection/Commits/CommitAnswer.cs", // bisect.json keeps its field "candidates": commits, and no maps.
        "Cli/Catalog.cs", // The parts are composed here, so the probe is named.
        "Kernels/Git/Compiler.cs", // clang builds kernels, too.
    ];

    /// <summary>Files elsewhere that need a machine's words; at most three, each with the reason behind it.</summary>
    private static readonly string[] _machineExceptions = [];

    [Test]
    public void Words_of_a_probe_stand_in_Probes_alone() =>
        Holds(ProbeWords(), ["Probes/"], _probeExceptions);

    [Test]
    public void Words_of_a_machine_stand_in_Machines_and_Kernels_alone() =>
        Holds(MachineWords(), ["Machines/", "Kernels/"], _machineExceptions);

    private static void Holds(Regex words, IReadOnlyList<string> rooms, IReadOnlyList<string> exceptions)
    {
        var found = SourceTree.Files(_harness, ".cs", ".razor", ".js")
            .Where(path => !rooms.Any(room => path.StartsWith(room, StringComparison.Ordinal)))
            .Select(path => (Path: path, Words: Found(words, path)))
            .Where(file => file.Words.Count > 0).ToList();
        Assert.That(exceptions, Has.Count.LessThanOrEqualTo(3));
        var elsewhere = found.Where(file => !exceptions.Contains(file.Path))
            .Select(file => $"harness/{file.Path}: {string.Join(", ", file.Words)}");
        Assert.That(string.Join('\n', elsewhere), Is.Empty);
        Assert.That(exceptions.Except(found.Select(file => file.Path)), Is.Empty, "no exception without need");
    }

    private static IReadOnlyList<string> Found(Regex words, string path) =>
        [.. words.Matches(File.ReadAllText(Path.Combine(_harness, path)))
            .Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("inner.?map|candidate|libbpf|clang|array_of_maps|hash_of_maps|lru_hash", RegexOptions.IgnoreCase)]
    private static partial Regex ProbeWords();

    [GeneratedRegex("x86|amd64|q35|ttyS|bzImage|PVH", RegexOptions.IgnoreCase)]
    private static partial Regex MachineWords();
}
