using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Kernels.Debian;

/// <summary>Which mirror of the archive is used, and the settings of a matrix that say so.</summary>
internal static partial class DebianMirror
{
    /// <summary>The regular expression of what a matrix may give as an archive; JavaScript reads it, too.</summary>
    private const string Start =
        @"^(?:https?://(?:[^\s/?#@]*@)?" + Host + Port + @"(?:/[^\s?#]*)?|file:///[^\s?#]*)";

    private const string Host =
        "(?:[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:[.][A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*[.]?"
        + @"|\[[0-9A-Fa-f:.]+\])";

    private const string Port =
        "(?::(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?";

    /// <summary>Environment variables that name the archive, as <c>--mirror</c> does.</summary>
    private const string Variable = "HARNESS_MIRROR";

    private const string SecurityVariable = "HARNESS_SECURITY_MIRROR";

    public static YamlSection<string> Main { get; } = new YamlSection<string, string>(
        "mirror",
        "The Debian archive to use instead of the one in this machine's own apt sources, such as a local mirror:"
            + " its base URI.",
        (uri, at, problems) => Check("mirror", uri, at, problems))
    {
        Rule = new YamlRuleAttribute { Pattern = Start + "$" },
    };

    public static YamlSection<string> Security { get; } = new YamlSection<string, string>(
        "security_mirror", "The same for Debian's security archive.",
        (uri, at, problems) => Check("security_mirror", uri, at, problems))
    {
        Rule = new YamlRuleAttribute { Pattern = Start + "$" },
    };

    /// <summary>
    /// The command line's mirror wins over the environment's, that over the matrix's, and that over the machine's own.
    /// </summary>
    public static Task<ArchiveBases> FindAsync(KernelSourceContext context, CancellationToken cancellation)
    {
        var (main, security) = context.Mirror is { } named ? (named, null)
            : context.Variable(Variable) is { Length: > 0 } given ? (given, context.Variable(SecurityVariable))
            : (context.Settings.Get(Main), context.Settings.Get(Security));
        return AptSources.FindAsync(main, security, cancellation);
    }

    private static string? Check(string key, string uri, YamlPlace at, List<string> problems)
    {
        if (Address().IsMatch(uri) && Uri.TryCreate(uri, UriKind.Absolute, out _))
        {
            return uri;
        }
        problems.Add($"{at}: {key} must be a URI, such as http://host/debian");
        return null;
    }

    [GeneratedRegex(Start + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
