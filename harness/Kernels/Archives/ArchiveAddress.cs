using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Kernels.Archives;

/// <summary>The base URI of an archive, as a matrix gives it.</summary>
internal static partial class ArchiveAddress
{
    /// <summary>The regular expression of it; JavaScript reads it, too.</summary>
    public const string Pattern = Start + "$";

    private const string Start =
        @"^(?:https?://(?:[^\s/?#@]*@)?" + Host + Port + @"(?:/[^\s?#]*)?|file:///[^\s?#]*)";

    private const string Host =
        "(?:[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:[.][A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*[.]?"
        + @"|\[[0-9A-Fa-f:.]+\])";

    private const string Port =
        "(?::(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?";

    /// <param name="uri"><c>null</c> where none is given.</param>
    /// <param name="at">The place of the address, or of the mapping that has it under the key.</param>
    /// <returns><c>null</c> when it is no address, or there is none.</returns>
    public static string? Check(string key, string? uri, YamlPlace at, List<string> problems)
    {
        if (uri is null || IsValid(uri))
        {
            return uri;
        }
        problems.Add($"{at[key]}: {key} must be a URI, such as http://host/debian");
        return null;
    }

    public static bool IsValid(string uri) =>
        Address().IsMatch(uri) && Uri.TryCreate(uri, UriKind.Absolute, out _);

    [GeneratedRegex(Start + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
