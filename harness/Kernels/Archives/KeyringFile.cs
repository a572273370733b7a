using Harness.Yaml;

namespace Harness.Kernels.Archives;

/// <summary>A file of keys that a matrix names.</summary>
internal static class KeyringFile
{
    /// <param name="path">Relative to the matrix; <c>null</c> where the rule names none.</param>
    /// <param name="rule">The place of the rule.</param>
    /// <returns>The absolute path; <c>null</c> where there is none, or a problem.</returns>
    public static string? Read(string key, string? path, YamlPlace rule, YamlPlace at, List<string> problems)
    {
        if (path is null)
        {
            return null;
        }
        if (!YamlRuleAttribute.IsPath(path))
        {
            problems.Add($"{rule[key]}: '{path.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path");
            return null;
        }
        return at.Resolve(path);
    }
}
