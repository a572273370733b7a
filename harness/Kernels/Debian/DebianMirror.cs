using Harness.Kernels.Archives;
using Harness.Yaml;

namespace Harness.Kernels.Debian;

/// <summary>Which mirror of the archive is used, and the settings of a matrix that say so.</summary>
internal static class DebianMirror
{
    /// <summary>Environment variables that name the archive, as <c>--mirror</c> does.</summary>
    private const string Variable = "HARNESS_MIRROR";

    private const string SecurityVariable = "HARNESS_SECURITY_MIRROR";

    public static YamlSection<string> Main { get; } = new YamlSection<string, string>(
        "mirror",
        "The Debian archive to use instead of the one in this machine's own apt sources, such as a local mirror:"
            + " its base URI.",
        (uri, at, problems) => ArchiveAddress.Check("mirror", uri, at, problems))
    {
        Rule = new YamlRuleAttribute { Pattern = ArchiveAddress.Pattern },
    };

    public static YamlSection<string> Security { get; } = new YamlSection<string, string>(
        "security_mirror", "The same for Debian's security archive.",
        (uri, at, problems) => ArchiveAddress.Check("security_mirror", uri, at, problems))
    {
        Rule = new YamlRuleAttribute { Pattern = ArchiveAddress.Pattern },
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
}
