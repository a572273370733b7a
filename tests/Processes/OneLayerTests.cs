using System.Text.RegularExpressions;
using Harness.Tests.Boot;

namespace Harness.Tests.Processes;

/// <summary>Every external program runs through CliWrap and the layer on top of it.</summary>
public sealed partial class OneLayerTests
{
    [Test]
    public void No_source_starts_a_program_by_itself() => Assert.That(FilesWith(StartsProcess(), Sources()), Is.Empty);

    /// <summary>CliWrap's own ways to run a command miss children that are ended by id only.</summary>
    [Test]
    public void Commands_are_executed_in_one_room() =>
        Assert.That(FilesWith(ExecutesByCliWrap(), Sources().Where(file => !IsInProcesses(file))), Is.Empty);

    /// <summary>Arguments given as one string would be split at blanks.</summary>
    [Test]
    public void Arguments_are_lists() => Assert.That(FilesWith(ArgumentsAsText(), Sources()), Is.Empty);

    private static IEnumerable<string> Sources()
    {
        var root = Path.Combine(RealRun.Repository.Path, "harness");
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(root, "*.razor", SearchOption.AllDirectories))
            .Where(file => !IsIn(file, "bin") && !IsIn(file, "obj"));
    }

    private static IEnumerable<string> FilesWith(Regex pattern, IEnumerable<string> files) =>
        files.Where(file => pattern.IsMatch(File.ReadAllText(file)));

    private static bool IsInProcesses(string file) => IsIn(file, "Processes");

    private static bool IsIn(string file, string folder) => file.Contains($"/harness/{folder}/", StringComparison.Ordinal);

    [GeneratedRegex(@"\bProcess\.Start\b|\bnew (System\.Diagnostics\.)?Process\b|\bProcessStartInfo\b")]
    private static partial Regex StartsProcess();

    [GeneratedRegex(@"\bExecuteAsync\(|\bExecuteBufferedAsync\(|\bListenAsync\(|\bObserve\(|\busing CliWrap\.")]
    private static partial Regex ExecutesByCliWrap();

    [GeneratedRegex(@"\bWithArguments\(\s*[$@]*""")]
    private static partial Regex ArgumentsAsText();
}
