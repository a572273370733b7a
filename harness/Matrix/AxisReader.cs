using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>One value of an axis of the matrix.</summary>
/// <param name="At">Where it stands, as <c>file:line:column</c>.</param>
public sealed record AxisValue(string At, string Name);

/// <summary>Reads the axes beside the kernels: compilers of the BPF objects, versions of libbpf.</summary>
internal static partial class AxisReader
{
    /// <summary>The libbpf that is installed on the machine.</summary>
    public const string Machine = "machine";

    public static IReadOnlyList<AxisValue> Toolchains(YamlDocument<MatrixFile> document, List<string> problems) =>
        Read(document, "toolchains", document.Content.Toolchains, problems,
            name => Toolchain().IsMatch(name) ? null : $"'{name}' is no toolchain; write clang-19, or clang for the machine's default");

    public static IReadOnlyList<AxisValue> Libbpf(YamlDocument<MatrixFile> document, List<string> problems)
    {
        var values = Read(document, "libbpf", document.Content.Libbpf, problems,
            name => name == Machine || Version().IsMatch(name) ? null : $"'{name}' is no version of libbpf; write two numbers, such as \"1.5\", or {Machine}");
        if (values.Count > 0 && values[0].Name != Machine)
        {
            problems.Add($"{values[0].At}: the first libbpf is '{Machine}', whose prober runs all cases; the others run those of layer libbpf");
        }
        return values;
    }

    private static List<AxisValue> Read(
        YamlDocument<MatrixFile> document, string key, List<string>? names, List<string> problems, Func<string, string?> problemOf)
    {
        var values = new List<AxisValue>();
        if (names is { Count: 0 })
        {
            problems.Add($"{document.At(key)}: {key} names nothing; leave it out for the machine's own");
        }
        foreach (var (name, i) in (names ?? []).Select((n, i) => (n ?? "", i)))
        {
            var at = document.At(key, i);
            var problem = values.Any(v => v.Name == name) ? $"'{name}' stands twice" : problemOf(name);
            if (problem is not null)
            {
                problems.Add($"{at}: {problem}");
            }
            values.Add(new AxisValue(at, name));
        }
        return values;
    }

    [GeneratedRegex(@"^clang(-\d{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Toolchain();

    [GeneratedRegex(@"^\d{1,3}\.\d{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
