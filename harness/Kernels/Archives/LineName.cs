using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Kernels.Archives;

/// <summary>The name of a line of kernels, such as <c>ubuntu</c> or <c>el9</c>: ids begin with it.</summary>
internal static partial class LineName
{
    /// <summary>The regular expression of it; JavaScript reads it, too.</summary>
    public const string Pattern = Start + "$";

    private const string Start = "^[a-z][a-z0-9]{0,31}";

    public static void Check(string? line, YamlPlace rule, List<string> problems)
    {
        if (line is null || !Name().IsMatch(line))
        {
            problems.Add($"{rule["line"]}: line names whose kernels these are, in letters and digits, such as el9");
        }
    }

    [GeneratedRegex(Start + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
