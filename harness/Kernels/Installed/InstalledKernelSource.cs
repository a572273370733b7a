using System.Text.RegularExpressions;
using Harness.Kernels.Archives;
using Harness.Kernels.Images;
using Harness.Yaml;

namespace Harness.Kernels.Installed;

/// <summary>The kernels that are installed on this machine as a source: in /boot and /lib/modules.</summary>
public sealed partial class InstalledKernelSource()
    : FoundImageSource<InstalledEntry>(
        new YamlKey("installed", typeof(string),
            "Kernels that are installed on this machine: a pattern of their releases, such as '*', or running.")
        {
            Rule = new YamlRuleAttribute { Pattern = Glob.SyntaxPattern },
        })
{
    private const string Running = "running";
    private const string Root = "root";
    private const string RunningRelease = "/proc/sys/kernel/osrelease";

    public override string EntryInWords => "kernels that are installed";

    public override IReadOnlyList<YamlKey> FurtherKeys { get; } =
    [
        new(Root, typeof(string), "The root of the file system that they are installed in, relative to this file."
            + " Default: this machine's.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.Path },
        },
        LineName.Key,
    ];

    protected override InstalledEntry? Read(
        string text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var root = entry.Get<string>(Root);
        if (root is not null && !YamlRuleAttribute.IsPath(root))
        {
            problems.Add($"{at[Root]}: '{root.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path");
            return null;
        }
        try
        {
            var releases = text == Running ? null : new Glob(text.Length > 0 ? text : throw new FormatException(
                "a pattern of releases is missing, such as '*'"));
            return new InstalledEntry(at.ToString(), releases, root is null ? "/" : at.Resolve(root));
        }
        catch (FormatException e)
        {
            problems.Add($"{at[Key.Name]}: {e.Message}");
            return null;
        }
    }

    protected override IReadOnlyList<(string Id, string Path)> Find(InstalledEntry entry)
    {
        try
        {
            var running = entry.Release is null ? File.ReadAllText(RunningRelease).Trim() : null;
            List<(string Id, string Path)> found =
            [
                .. Images(entry.Root).DistinctBy(image => image.Release)
                    .Where(image => entry.Release?.Matches(image.Release) ?? image.Release == running)
                    .OrderBy(image => image.Release, StringComparer.Ordinal)
                    .Select(image => (KernelIds.Replace($"installed-{image.Release}"), image.Path)),
            ];
            return found.Count > 0 ? found : throw new YamlFileException(
            [
                $"{entry.At}: no kernel {running ?? entry.Release!.Pattern} is installed in "
                    + $"{Path.Combine(entry.Root, "boot")} or {Path.Combine(entry.Root, "lib/modules")}",
            ]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new YamlFileException([$"{entry.At}: {e.Message}"]);
        }
    }

    /// <summary>First those of /boot, as distributions without merged /usr have them.</summary>
    private static IEnumerable<(string Release, string Path)> Images(string root)
    {
        var boot = Path.Combine(root, "boot");
        var modules = Path.Combine(root, "lib/modules");
        return Entries(boot, Directory.EnumerateFiles)
            .Select(path => (Match: InBoot().Match(Path.GetFileName(path)), Path: path))
            .Where(image => image.Match.Success).Select(image => (image.Match.Groups["release"].Value, image.Path))
            .Concat(Entries(modules, Directory.EnumerateDirectories)
                .Select(directory => (Path.GetFileName(directory), Path.Combine(directory, "vmlinuz")))
                .Where(image => File.Exists(image.Item2)));
    }

    private static IEnumerable<string> Entries(string directory, Func<string, IEnumerable<string>> enumerate) =>
        Directory.Exists(directory) ? enumerate(directory) : [];

    [GeneratedRegex(@"^(vmlinu[xz]|Image)-(?<release>.+)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex InBoot();
}
