using System.Text.RegularExpressions;
using Harness.Kernels.Archives;
using Harness.Kernels.Images;
using Harness.Kernels.Modules;
using Harness.Machines;
using Harness.Yaml;

namespace Harness.Kernels.Directories;

/// <summary>Directories of this machine as a source of kernels: a kernel's tree that is built, or images.</summary>
public sealed partial class DirectoryKernelSource()
    : FoundImageSource<DirectoryEntry>(
        new YamlKey("dir", typeof(string),
            "A kernel's tree that is built, a directory of kernel images, or a pattern of their paths, relative to this"
                + " file.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.Path },
        })
{
    /// <summary>More images than anybody tests: the pattern is a mistake.</summary>
    private const int Most = 1000;

    public override string EntryInWords => "a directory with kernels";

    public override IReadOnlyList<YamlKey> FurtherKeys { get; } = [ImageNames.NameKey, LineName.Key];

    protected override DirectoryEntry? Read(
        string text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var name = entry.Get<string>(ImageNames.Name);
        if (name is not null && KernelIds.Problem(name) is { } problem)
        {
            problems.Add($"{at[ImageNames.Name]}: {problem}");
            return null;
        }
        if (!YamlRuleAttribute.IsPath(text))
        {
            problems.Add($"{at[Key.Name]}: '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path");
            return null;
        }
        return new DirectoryEntry(at.ToString(), at.Resolve(text), name);
    }

    protected override IReadOnlyList<(string Id, string Path)> Find(DirectoryEntry entry)
    {
        try
        {
            IReadOnlyList<(string Id, string Path)> found =
                [.. Images(entry).DistinctBy(image => image.Path).Take(Most + 1)];
            var problem = found.Count switch
            {
                0 => "no kernel image is there, and it is no kernel's tree that is built",
                > Most => FormattableString.Invariant($"it has more than {Most} kernel images"),
                _ => found.Select(image => KernelIds.Problem(image.Id)).FirstOrDefault(p => p is not null)
                    ?? found.GroupBy(image => image.Id).Where(same => same.Count() > 1)
                        .Select(same => $"{same.First().Path} and {same.Last().Path} have the same id")
                        .FirstOrDefault(),
            };
            return problem is null ? found : throw new YamlFileException([$"{entry.At}: {entry.Place}: {problem}"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new YamlFileException([$"{entry.At}: {entry.Place}: {e.Message}"]);
        }
    }

    private static IEnumerable<(string Id, string Path)> Images(DirectoryEntry entry)
    {
        if (!PathGlob.IsPattern(entry.Place) || Path.Exists(entry.Place))
        {
            return !Directory.Exists(entry.Place) ? throw new IOException("no such directory")
                : ModuleDirectory.ReleaseOf(entry.Place) is { } release ? OfTree(entry.Place, release, entry.Name)
                : Named(entry, [.. Directory.EnumerateFiles(entry.Place).Where(IsImage)]);
        }
        var matches = PathGlob.Matching(entry.Place).Order(StringComparer.Ordinal).ToList();
        var trees = matches.Where(Directory.Exists)
            .Select(tree => (Path: tree, Release: ModuleDirectory.ReleaseOf(tree))).Where(t => t.Release is not null);
        return trees
            .SelectMany(t => OfTree(t.Path, t.Release!, Id(Prefixed(entry.Name, Path.GetFileName(t.Path)))))
            .Concat(Named(entry, [.. matches.Where(File.Exists).Where(IsImage)]));
    }

    /// <summary>The image of a tree: the one that is installed, else the one that the harness itself builds.</summary>
    private static IEnumerable<(string Id, string Path)> OfTree(string tree, string release, string? name) =>
        MachineList.All.Select(machine => machine.InstalledImage)
            .Concat(MachineList.All.Select(machine => machine.BuiltImage))
            .Select(image => Path.Combine(tree, image)).Where(File.Exists).Take(1)
            .Select(image => (name ?? Id($"{Path.GetFileName(tree)}-{release}"), image));

    /// <summary>Ids are names of files, with the directories that tell files of one name apart.</summary>
    private static IEnumerable<(string Id, string Path)> Named(DirectoryEntry entry, IReadOnlyList<string> files)
    {
        var above = files.Select(Path.GetDirectoryName).Distinct().Count() <= 1 ? null : CommonAncestor(files);
        return files.Order(StringComparer.Ordinal).Select(file => (
            files.Count == 1 && entry.Name is { } name ? name
                : Id(Prefixed(entry.Name, above is null ? Path.GetFileName(file) : Path.GetRelativePath(above, file))),
            file));
    }

    private static string CommonAncestor(IReadOnlyList<string> files)
    {
        var ancestor = Path.GetDirectoryName(files[0])!;
        while (!files.All(file => file.StartsWith($"{ancestor.TrimEnd('/')}/", StringComparison.Ordinal)))
        {
            ancestor = Path.GetDirectoryName(ancestor)!;
        }
        return ancestor;
    }

    private static string Prefixed(string? prefix, string name) => prefix is null ? name : $"{prefix}-{name}";

    private static string Id(string text) => KernelIds.Replace(text.Replace('/', '-'));

    /// <summary>What is an image, or is named as one, so that its row says why it does not boot.</summary>
    private static bool IsImage(string path) =>
        !Files.IsSpecial(path)
        && (ImageName().IsMatch(Path.GetFileName(path)) || MachineList.OfImage(path) is not null);

    [GeneratedRegex(@"^(vmlinu[xz]|bzImage|Image)(-.+)?(?<!\.hmac)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ImageName();
}
