using System.Globalization;
using System.Text.RegularExpressions;
using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Keeps what a user configured for git, and a git that called the harness, from having a say in what a commit holds
/// or in what git prints. Only settings that open a repository or reach its remote are taken over.
/// </summary>
internal static partial class GitIsolation
{
    /// <summary>A path that cannot exist: git warns of a file that is there and empty.</summary>
    private const string NoFile = "/dev/null/none";

    /// <summary>They win over the repository's own configuration.</summary>
    private static readonly string[] _options =
    [
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.attributesFile=/dev/null",
        "core.excludesFile=/dev/null", "core.autocrlf=false", "core.eol=lf", "core.quotePath=false",
        "core.pager=cat", "color.ui=false", "i18n.logOutputEncoding=UTF-8", "log.showSignature=false",
        "advice.detachedHead=false", "gc.auto=0", "maintenance.auto=false",
    ];

    /// <summary>What reaches a remote, finds the programs of git, or bounds the search for a repository.</summary>
    private static readonly string[] _kept =
    [
        "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_PROXY_COMMAND", "GIT_SSL_CAINFO",
        "GIT_SSL_CAPATH", "GIT_SSL_NO_VERIFY", "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_EXEC_PATH",
        "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    ];

    private static readonly Lazy<Task<IReadOnlyList<(string Key, string Value)>>> _ofUser = new(ReadOfUserAsync);

    /// <summary>The arguments of a git that works in a directory.</summary>
    public static IReadOnlyList<string> Arguments(string directory, IEnumerable<string> arguments) =>
        ["-C", directory, .. _options.SelectMany(option => new[] { "-c", option }), .. arguments];

    /// <summary>A git that hears of no configuration but its arguments' and the repository's own.</summary>
    public static async Task<Command> IsolateAsync(Command git)
    {
        var variables = new Dictionary<string, string?>(Plain())
        {
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_NO_REPLACE_OBJECTS"] = "1",
            ["GIT_GRAFT_FILE"] = NoFile,
        };
        var taken = await _ofUser.Value.ConfigureAwait(false);
        variables["GIT_CONFIG_COUNT"] = taken.Count.ToString(CultureInfo.InvariantCulture);
        foreach (var (i, (key, value)) in taken.Index())
        {
            variables[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_KEY_{i}")] = key;
            variables[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_VALUE_{i}")] = value;
        }
        return git.WithFurtherVariables(variables);
    }

    /// <summary>A git that heeds the user's configuration: for what is told of the user's own work tree.</summary>
    public static Command AsUser(Command git) => git.WithFurtherVariables(Plain());

    private static Dictionary<string, string?> Plain()
    {
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("GIT_", StringComparison.Ordinal) && !_kept.Contains(name)
                && name is not ("GIT_CONFIG_GLOBAL" or "GIT_CONFIG_SYSTEM" or "GIT_CONFIG_NOSYSTEM"))
            .ToDictionary(name => name, _ => (string?)null);
        variables["LC_ALL"] = "C";
        variables["GIT_OPTIONAL_LOCKS"] = "0";
        variables["GIT_TERMINAL_PROMPT"] = "0";
        return variables;
    }

    /// <summary>Asked once: the user's files do not change while the harness runs.</summary>
    private static async Task<IReadOnlyList<(string Key, string Value)>> ReadOfUserAsync()
    {
        var git = AsUser(new Command("git").WithArguments(["-C", "/", "config", "--null", "--includes", "--list"]));
        var said = await git.TryRunAsync(CancellationToken.None).ConfigureAwait(false);
        return
        [
            .. said.StandardOutput.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.Split('\n', 2)).Where(entry => Reaches().IsMatch(entry[0]))
                .Select(entry => (entry[0], entry.ElementAtOrDefault(1) ?? "true")),
        ];
    }

    [GeneratedRegex(
        @"^(safe\.directory\z|https?\.|url\.|credential\.|ssh\.|protocol\.|core\.(sshcommand|gitproxy|askpass)\z)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Reaches();
}
