using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Kernels.Archives;

/// <summary>The name of a line of kernels, such as <c>ubuntu</c> or <c>el9</c>.</summary>
internal static partial class LineName
{
    public const string Name = "line";

    /// <summary>The regular expression of it; JavaScript reads it, too.</summary>
    public const string Pattern = Start + "$";

    private const string Start = "^[a-z][a-z0-9]{0,31}";

    /// <summary>The key by which an entry says it beside its source's key.</summary>
    public static YamlKey Key { get; } = new(
        Name, typeof(string), "Whose kernels these are, such as el9: ranges are told for each line. Default: upstream.")
    {
        Rule = new YamlRuleAttribute { Pattern = Pattern },
    };

    public static bool IsValid(string? line) => line is not null && Valid().IsMatch(line);

    /// <summary>Checks the line that a rule over an archive must have.</summary>
    public static void Check(string? line, YamlPlace rule, List<string> problems)
    {
        if (!IsValid(line))
        {
            problems.Add($"{rule[Name]}: line names whose kernels these are, in letters and digits, such as el9");
        }
    }

    /// <summary>What an entry says beside its source's key.</summary>
    /// <returns>The line, <c>null</c> where the entry says none.</returns>
    public static string? Read(KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var line = entry.Get<string>(Name);
        if (line is not null)
        {
            Check(line, at, problems);
        }
        return line;
    }

    [GeneratedRegex(Start + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Valid();
}
