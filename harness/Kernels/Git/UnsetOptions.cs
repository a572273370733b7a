using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Kernels.Git;

/// <summary>Finds the options that were asked for, are in a kernel's tree, and are not in its .config.</summary>
internal static partial class UnsetOptions
{
    /// <param name="needed">Lines of .config, each of which sets an option: <c>CONFIG_NET=y</c>.</param>
    /// <param name="config">The text of .config.</param>
    /// <param name="tree">Where the kernel's files lie. One that does not know an option does without it.</param>
    /// <returns>In words, with what each depends on: <c>CONFIG_BPF_JIT=y (depends on MODULES)</c>.</returns>
    /// <exception cref="IOException">The tree cannot be read.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> needed, string config, string tree)
    {
        var set = config.Split('\n').Where(line => line.StartsWith("CONFIG_", StringComparison.Ordinal)
            && line.Contains('=', StringComparison.Ordinal)).ToLookup(NameIn, ValueIn, StringComparer.Ordinal);
        var unset = needed.Where(line => !set[NameIn(line)].Any(value => Suffices(value, ValueIn(line)))).ToList();
        if (unset.Count == 0)
        {
            return [];
        }
        var known = Directory.EnumerateFiles(tree, "Kconfig*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).SelectMany(file => Definitions().Matches(File.ReadAllText(file)))
            .ToLookup(definition => definition.Groups["name"].Value);
        return [.. unset.Where(line => known.Contains(NameIn(line))).Select(line => Words(line, known[NameIn(line)]))];
    }

    private static string Words(string line, IEnumerable<Match> definitions)
    {
        var conditions = definitions.SelectMany(d => d.Groups["on"].Captures).Select(c => c.Value.Trim()).Distinct()
            .ToList();
        return conditions.Count == 0 ? line : $"{line} (depends on {string.Join(" and ", conditions)})";
    }

    /// <summary>Of a number, more will do.</summary>
    private static bool Suffices(string set, string needed) => set == needed
        || (long.TryParse(set, CultureInfo.InvariantCulture, out var has)
            && long.TryParse(needed, CultureInfo.InvariantCulture, out var least) && has >= least);

    private static string ValueIn(string line) => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];

    private static string NameIn(string line) => line["CONFIG_".Length..line.IndexOf('=', StringComparison.Ordinal)];

    // An option's entry: its indented and empty lines, up to its help, which is prose.
    [GeneratedRegex(
        @"^[ \t]*(?:menu)?config[ \t]+(?<name>\w+)[ \t]*\n"
            + @"(?:[ \t]+depends on[ \t]+(?<on>[^\n]*)\n|(?![ \t]*(?:help|---help---)[ \t]*\n)[ \t]+[^\n]*\n|\n)*",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Definitions();
}
