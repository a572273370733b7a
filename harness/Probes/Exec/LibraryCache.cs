using System.Text.RegularExpressions;
using CliWrap;
using Harness.Processes;

namespace Harness.Probes.Exec;

/// <summary>
/// The libraries that ldconfig(8) has found on this machine, by name, as the dynamic loader looks them up.
/// </summary>
internal sealed partial class LibraryCache
{
    /// <summary>The loader reads it. A guest that has a library from elsewhere than the usual places needs it, too.
    /// </summary>
    public const string File = "/etc/ld.so.cache";

    private const string Program = "/sbin/ldconfig";

    private readonly ILookup<string, string> _paths;

    private LibraryCache(ILookup<string, string> paths) => _paths = paths;

    /// <summary>One that knows no library.</summary>
    public static LibraryCache Empty { get; } = Parse("");

    /// <summary>Asks ldconfig. Where there is none, only the usual places are searched.</summary>
    public static async Task<LibraryCache> LoadAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await new Command(Program).WithArguments(["-p"])
                .TryRunAsync(cancellation, TimeSpan.FromSeconds(30)).ConfigureAwait(false);
            return Parse(answer.StandardOutput);
        }
        catch (CommandException)
        {
            return Empty;
        }
    }

    /// <param name="text">
    /// What <c>ldconfig -p</c> prints: lines <c>NAME (libc6) =&gt; PATH</c>. Libraries for better CPUs than the
    /// guest may have are left out: the loader takes others where these are not.
    /// </param>
    public static LibraryCache Parse(string text) => new(
        text.Split('\n').Select(line => Line().Match(line))
            .Where(match => match.Success && !match.Groups["kind"].Value.Contains("hwcap", StringComparison.Ordinal))
            .ToLookup(match => match.Groups["name"].Value, match => match.Groups["path"].Value,
                StringComparer.Ordinal));

    /// <summary>The paths of libraries of this name, whatever machine they are for.</summary>
    public IEnumerable<string> Find(string name) => _paths[name];

    [GeneratedRegex(@"^\s+(?<name>\S+) \((?<kind>[^)]*)\) => (?<path>/.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
