using System.Text.RegularExpressions;
using Harness.Kernels.Archives;
using Harness.Yaml;

namespace Harness.Kernels.FileImages;

/// <summary>Reads the place of a file with a kernel: a path, or an address with the hash of what is there.</summary>
internal static partial class FileText
{
    /// <summary>The key of the hash.</summary>
    public const string Sha256 = "sha256";

    public static YamlKey HashKey { get; } = new(
        Sha256, typeof(string), "The SHA256 of the file, lower-case hex. A file that is not on this machine needs it.")
    {
        Rule = new YamlRuleAttribute { Pattern = "^[0-9a-f]{64}$" },
    };

    /// <summary>Whether a text is an address rather than a path.</summary>
    public static bool IsAddress(string text) => Scheme().IsMatch(text);

    /// <summary>Whether a text names a package, an address, or what has a hash, rather than an image of this machine.
    /// </summary>
    public static bool IsFile(string text, string? sha256) =>
        IsAddress(text) || sha256 is not null || PackageName().IsMatch(text);

    /// <param name="at">The place of the entry.</param>
    /// <returns>Where the file is; <c>null</c> when there is a problem.</returns>
    public static Uri? Read(string text, string key, string? sha256, YamlPlace at, List<string> problems)
    {
        if (sha256 is not null && !Hashes.IsSha256(sha256))
        {
            problems.Add($"{at[Sha256]}: sha256 has 64 hexadecimal digits in lower case");
            return null;
        }
        if (!YamlRuleAttribute.IsPath(text))
        {
            problems.Add($"{at[key]}: '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path");
            return null;
        }
        if (!IsAddress(text))
        {
            return new Uri(at.Resolve(text));
        }
        if (!ArchiveAddress.IsValid(text))
        {
            problems.Add($"{at[key]}: '{text}' is no address of a file, such as https://host/linux-image.deb");
            return null;
        }
        if (sha256 is null)
        {
            problems.Add($"{at[key]}: a file that is not on this machine needs sha256, too");
            return null;
        }
        return new Uri(text);
    }

    [GeneratedRegex("^(https?|file)://", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\.(deb|rpm|tgz|tar(\.[a-z0-9]+)?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PackageName();
}
