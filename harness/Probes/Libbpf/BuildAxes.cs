using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Probes.Libbpf;

/// <summary>
/// The axes that a matrix may have beside its kernels: compilers of the BPF objects, and versions of libbpf.
/// </summary>
public static partial class BuildAxes
{
    /// <summary>The libbpf that is installed on the machine.</summary>
    public const string Machine = "machine";

    private const string ToolchainStart = "^clang(-[0-9]{1,3})?";

    private const string LibbpfStart = "^(" + Machine + "|[0-9]{1,3}[.][0-9]{1,3})";

    /// <summary>
    /// The compilers, the first one of which builds all objects; without the section the machine's clang.
    /// </summary>
    public static YamlSection<IReadOnlyList<AxisValue>> Toolchains { get; } = Section(
        "toolchains",
        "The clangs that build the BPF objects, such as clang-19; the first builds all, the others those whose BTF"
            + " depends on the compiler. Default: the machine's clang.",
        (names, at, problems) => Read("toolchains", names, at, problems, ProblemOfToolchain),
        new YamlRuleAttribute { Fewest = 1, Distinct = true, Pattern = ToolchainStart + "$" });

    /// <summary>The versions, the machine's first; without the section that alone.</summary>
    public static YamlSection<IReadOnlyList<AxisValue>> Libbpf { get; } = Section(
        "libbpf",
        "The versions of libbpf that open and load the BPF objects, such as \"1.5\"; the first is 'machine', the"
            + " installed one. Default: that alone.",
        ReadLibbpf,
        new YamlRuleAttribute { Fewest = 1, Distinct = true, First = Machine, Pattern = LibbpfStart + "$" });

    private static YamlSection<List<string>, IReadOnlyList<AxisValue>> Section(
        string name, string description, Func<List<string>, YamlPlace, List<string>, IReadOnlyList<AxisValue>?> read,
        YamlRuleAttribute rule) => new(name, description, read) { Rule = rule };

    private static List<AxisValue> ReadLibbpf(List<string> names, YamlPlace at, List<string> problems)
    {
        var values = Read("libbpf", names, at, problems, ProblemOfLibbpf);
        if (values.Count > 0 && values[0].Name != Machine)
        {
            problems.Add($"{values[0].At}: the first libbpf is '{Machine}', whose prober runs all cases;"
                + " the others run those of layer libbpf");
        }
        return values;
    }

    private static List<AxisValue> Read(
        string key, List<string> names, YamlPlace at, List<string> problems, Func<string, string?> problemOf)
    {
        var values = new List<AxisValue>();
        if (names.Count == 0)
        {
            problems.Add($"{at}: {key} names nothing; leave it out for the machine's own");
        }
        foreach (var (i, text) in names.Index())
        {
            var name = text ?? "";
            var problem = values.Any(v => v.Name == name) ? $"'{name}' stands twice" : problemOf(name);
            if (problem is not null)
            {
                problems.Add($"{at[i]}: {problem}");
            }
            values.Add(new AxisValue(at[i].ToString(), name));
        }
        return values;
    }

    private static string? ProblemOfToolchain(string name) => ToolchainName().IsMatch(name)
        ? null
        : $"'{name}' is no toolchain; write clang-19, or clang for the machine's default";

    private static string? ProblemOfLibbpf(string name) => LibbpfName().IsMatch(name)
        ? null
        : $"'{name}' is no version of libbpf; write two numbers, such as \"1.5\", or {Machine}";

    [GeneratedRegex(ToolchainStart + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex ToolchainName();

    [GeneratedRegex(LibbpfStart + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex LibbpfName();
}
