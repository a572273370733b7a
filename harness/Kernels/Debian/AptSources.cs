using CliWrap;
using Harness.Kernels.Apt;
using Harness.Processes;

namespace Harness.Kernels.Debian;

/// <summary>Finds where this machine, or its user, gets Debian packages from.</summary>
public static class AptSources
{
    private const string Template = "/usr/share/python-apt/templates/Debian.info";
    private const string MirrorList = "/usr/share/python-apt/templates/Debian.mirrors";

    // Of apt's index targets (apt's acquire-additional-files.md) one line for each component of each source. Without
    // release information it also answers before the first `apt-get update`, and without lists of packages it does
    // not read them all into its cache first, which takes a second.
    private static readonly Command _indexTargets = new Command("apt-get").WithArguments([
        "-o", "Dir::State::Lists=/nonexistent", "indextargets", "--no-release-info", "--format",
        "$(REPO_URI) $(RELEASE)", "Created-By: Packages"]);

    /// <summary>
    /// The bases: those given, else those of the machine's apt sources, else those that python-apt-common knows, for
    /// hosts that are not Debian.
    /// </summary>
    /// <param name="mirror">
    /// From <c>--mirror</c>, the matrix or HARNESS_MIRROR; <c>null</c> when none was given.
    /// </param>
    /// <param name="securityMirror">
    /// From the matrix or HARNESS_SECURITY_MIRROR; when <c>null</c> it is derived from the mirror.
    /// </param>
    public static async Task<ArchiveBases> FindAsync(
        string? mirror, string? securityMirror, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(mirror))
        {
            return Given(mirror, securityMirror);
        }
        var bases = await OfAptAsync(cancellation).ConfigureAwait(false)
            ?? OfTemplates(ReadIfThere(Template), ReadIfThere(MirrorList))
            ?? new ArchiveBases(null, null, "no Debian archive is known here: give one with --mirror"
                + " or HARNESS_MIRROR, or install python-apt-common");
        return string.IsNullOrEmpty(securityMirror) ? bases
            : bases with { Security = ToBase(securityMirror) ?? bases.Security };
    }

    /// <summary>The bases that a user gives. The security archive is by convention beside the main one.</summary>
    public static ArchiveBases Given(string mirror, string? securityMirror)
    {
        var main = ToBase(mirror);
        return main is null
            ? new ArchiveBases(
                null, null, $"the mirror '{mirror}' cannot be used: it must be an http, https or file URI")
            : new ArchiveBases(
                main, string.IsNullOrEmpty(securityMirror) ? BesideMain(main) : ToBase(securityMirror),
                "the mirror that was given");
    }

    /// <summary>Reads apt's answer: lines of base URI and release.</summary>
    /// <param name="codename">The codename of the machine's own Debian release; <c>null</c> when it is no
    /// Debian.</param>
    /// <param name="readFile">Reads a mirror list that a <c>mirror+file:</c> URI names.</param>
    /// <returns>The bases, or <c>null</c> where no source is Debian's.</returns>
    public static ArchiveBases? OfIndexTargets(string lines, string? codename, Func<string, string> readFile)
    {
        var sources = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .Where(words => words.Length == 2)
            .Select(words => (Base: ToBase(words[0], readFile), Release: words[1]))
            .Where(source => source.Base is not null)
            .ToList();
        // Other archives have suites of the same names (docker-ce's bookworm); Debian's own is named debian nearly
        // everywhere.
        var main = sources.Where(s => IsMainSuite(s.Release, codename)).OrderBy(s => IsNamed(s.Base!, "debian") ? 0 : 1)
            .FirstOrDefault().Base;
        var security = sources.FirstOrDefault(s => s.Release.EndsWith("-security", StringComparison.Ordinal)
            && IsMainSuite(s.Release[..^"-security".Length], codename)).Base;
        return main is null ? null : new ArchiveBases(main, security, "apt's sources");
    }

    /// <summary>Reads the templates of python-apt's distribution information.</summary>
    /// <param name="info">Stanzas that give a base URI for each kind of suite, newest first.</param>
    /// <param name="mirrors">
    /// URIs, one a line, under headers such as <c>#LOC:AT</c>; used where the stanzas say nothing.
    /// </param>
    public static ArchiveBases? OfTemplates(string info, string mirrors)
    {
        var stanzas = Deb822.Read(new StringReader(info), "Suite", "BaseURI").Where(s => s.ContainsKey("BaseURI"))
            .ToList();
        Uri? BaseOf(Func<string, bool> suite) => stanzas
            .Where(s => suite(s.GetValueOrDefault("Suite", "")))
            .Select(s => ToBase(s["BaseURI"]))
            .FirstOrDefault(uri => uri is not null);
        var main = BaseOf(suite => suite.Length > 0 && !suite.Contains('-', StringComparison.Ordinal)
            && !suite.Contains('/', StringComparison.Ordinal))
            ?? mirrors.Split('\n').Where(line => !line.StartsWith('#')).Select(line => ToBase(line.Trim()))
                .FirstOrDefault(uri => uri is not null);
        var security = BaseOf(suite => suite.EndsWith("-security", StringComparison.Ordinal));
        return main is null ? null
            : new ArchiveBases(main, security ?? BesideMain(main), "python-apt's list of mirrors");
    }

    private static async Task<ArchiveBases?> OfAptAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await _indexTargets.TryRunAsync(cancellation).ConfigureAwait(false);
            return OfIndexTargets(answer.StandardOutput, Codename(ReadIfThere("/etc/os-release")), ReadIfThere);
        }
        catch (CommandException)
        {
            return null; // a host without apt
        }
    }

    /// <summary>
    /// The codename in os-release(5) of a Debian machine: <c>bookworm</c>; of another distribution <c>null</c>.
    /// </summary>
    public static string? Codename(string osRelease)
    {
        var values = osRelease.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1].Trim('"', '\''));
        return values["ID"].Contains("debian") ? values["VERSION_CODENAME"].FirstOrDefault() : null;
    }

    private static bool IsMainSuite(string release, string? codename) => release == codename
        || release is "oldoldstable" or "oldstable" or "stable" or "testing" or "unstable" or "sid"
            or "bullseye" or "bookworm" or "trixie" or "forky" or "duke";

    private static Uri? BesideMain(Uri main) =>
        IsNamed(main, "debian") ? new Uri(main, "../debian-security/") : null;

    private static bool IsNamed(Uri directory, string name) =>
        directory.AbsolutePath.EndsWith($"/{name}/", StringComparison.Ordinal);

    // apt's mirror method: a file that lists URIs, the first one preferred (apt-transport-mirror(1)).
    private static Uri? ToBase(string uri, Func<string, string> readFile)
    {
        const string Mirror = "mirror+file:";
        return uri.StartsWith(Mirror, StringComparison.Ordinal)
            ? readFile(uri[Mirror.Length..].TrimEnd('/')).Split('\n')
                .Select(line => ToBase(line.Trim().Split('\t', ' ')[0]))
                .FirstOrDefault(found => found is not null)
            : ToBase(uri);
    }

    // .NET takes a bare path, even none, for a file URI; apt doesn't.
    private static Uri? ToBase(string uri) => uri.Contains(":/", StringComparison.Ordinal)
        && Uri.TryCreate(uri.TrimEnd('/') + "/", UriKind.Absolute, out var parsed)
        && parsed.Scheme is "http" or "https" or "file" ? parsed : null;

    private static string ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
