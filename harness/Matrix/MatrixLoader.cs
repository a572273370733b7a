using Harness.Kernels;
using Harness.Kernels.Debian;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>Reads <c>kernels.yaml</c> and checks everything that can be checked before anything boots.</summary>
public static class MatrixLoader
{
    /// <exception cref="YamlFileException">With every problem found, each with its place.</exception>
    public static MatrixSpec Load(string path)
    {
        var document = YamlDocument<MatrixFile>.Load(path);
        var file = document.Content;
        var problems = new List<string>();
        var kernels = Entries(document, problems);
        var expectations = ExpectationReader.Read(file.Expectations, keys => document.At(["expectations", .. keys]), problems);
        if (file.ExpectationsFile is { } other)
        {
            expectations = [.. expectations, .. ReadExpectations(document, other, problems)];
        }
        if (file.Timeout is { } timeout && !MatrixSpec.IsTimeout(timeout))
        {
            problems.Add($"{document.At("timeout")}: timeout must be more than 0 seconds, and at most a day");
        }
        foreach (var (key, mirror) in new[] { ("mirror", file.Mirror), ("security_mirror", file.SecurityMirror) })
        {
            if (mirror is not null && !Uri.TryCreate(mirror, UriKind.Absolute, out _))
            {
                problems.Add($"{document.At(key)}: {key} must be a URI, such as http://host/debian");
            }
        }
        var toolchains = AxisReader.Toolchains(document, problems);
        var libbpf = AxisReader.Libbpf(document, problems);
        return problems.Count == 0
            ? new MatrixSpec(path, file.Mirror, file.SecurityMirror, file.Timeout, kernels, expectations) { Toolchains = toolchains, Libbpf = libbpf }
            : throw new YamlFileException(problems);
    }

    private static IReadOnlyList<Expectation> ReadExpectations(YamlDocument<MatrixFile> document, string other, List<string> problems)
    {
        var path = RelativeTo(document.Path, other);
        if (!File.Exists(path))
        {
            problems.Add($"{document.At("expectations_file")}: no such file: {path}");
            return [];
        }
        var file = YamlDocument<ExpectationsFile>.Load(path);
        return ExpectationReader.Read(file.Content.Expectations, keys => file.At(["expectations", .. keys]), problems);
    }

    private static List<KernelEntry> Entries(YamlDocument<MatrixFile> document, List<string> problems)
    {
        var entries = new List<KernelEntry>();
        foreach (var (entry, i) in (document.Content.Kernels ?? []).Select((e, i) => (e, i)))
        {
            var at = document.At("kernels", i);
            if (entry is { Debian: { } debian, Image: null, Git: null, Name: null, Version: null })
            {
                Add(Debian(document, i, debian, problems));
            }
            else if (entry is { Debian: null, Git: null, Image: { } image })
            {
                Add(Image(document, i, entry, image, problems));
            }
            else if (entry is { Debian: null, Image: null, Git: { } git, Version: null })
            {
                Add(GitEntryReader.Read(document, i, git, entry.Name, problems));
            }
            else
            {
                problems.Add($"{at}: a kernel entry is either 'debian: …', 'git: …' (with name, if needed) or 'image: …' (with name and version, if needed)");
            }
            continue;

            void Add(KernelEntry? valid)
            {
                if (valid is not null)
                {
                    entries.Add(valid);
                }
            }
        }
        if (entries.Count == 0 && problems.Count == 0)
        {
            problems.Add($"{document.At("kernels")}: the matrix selects no kernel; give at least one entry under 'kernels'");
        }
        foreach (var twice in entries.SelectMany(e => e.Named).GroupBy(e => e.Id).Where(g => g.Count() > 1))
        {
            problems.Add($"{twice.Last().At}: the kernel id '{twice.Key}' stands twice, first at {twice.First().At}; give one another name");
        }
        return entries;
    }

    private static ImageEntry? Image(YamlDocument<MatrixFile> document, int index, KernelEntryFile entry, string image, List<string> problems)
    {
        if (entry.Version is not null && KernelVersion.TryParse(entry.Version) is null)
        {
            problems.Add($"{document.At("kernels", index, "version")}: '{entry.Version}' is not a kernel version, such as 6.1.192");
            return null;
        }
        var id = entry.Name ?? Path.GetFileName(image);
        if (KernelIds.Problem(id) is { } problem)
        {
            problems.Add($"{document.At("kernels", index, entry.Name is null ? "image" : "name")}: {problem}");
            return null;
        }
        return new ImageEntry(document.At("kernels", index), id, RelativeTo(document.Path, image), KernelVersion.TryParse(entry.Version));
    }

    private static DebianEntry? Debian(YamlDocument<MatrixFile> document, int index, DebianFile debian, List<string> problems)
    {
        var before = problems.Count;
        string At(string key) => document.At("kernels", index, "debian", key);
        if (debian.Suites is not { Count: > 0 } || debian.Suites.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add($"{At("suites")}: name at least one suite, such as suites: [bookworm, bookworm-security]");
        }
        if (string.IsNullOrWhiteSpace(debian.Flavour))
        {
            problems.Add($"{At("flavour")}: flavour is missing, such as cloud-amd64");
        }
        foreach (var (key, text) in new[] { ("from", debian.From), ("to", debian.To) })
        {
            if (text is not null && !VersionCondition.IsVersion(text))
            {
                problems.Add($"{At(key)}: '{text}' is not a kernel version, such as 5.10 or 6.1.170");
            }
        }
        if (debian.Versions is not null && (debian.From ?? debian.To ?? debian.Pick?.ToString()) is not null)
        {
            problems.Add($"{At("versions")}: versions names kernels, so from, to and pick have no place beside it");
        }
        foreach (var (version, i) in (debian.Versions ?? []).Select((v, i) => (v, i)))
        {
            if (DebianVersion.TryParse(version) is null || KernelVersion.TryParse(version) is null)
            {
                problems.Add($"{document.At("kernels", index, "debian", "versions", i)}: '{version}' is not a kernel's Debian version, such as 6.1.192-2");
            }
        }
        return problems.Count > before ? null : new DebianEntry(document.At("kernels", index), new DebianRule(
            debian.Suites!, debian.Flavour!, KernelVersion.TryParse(debian.From), Upper(debian.To), debian.Pick ?? Pick.Newest, debian.Versions ?? []));
    }

    /// <summary>A bare series as the upper end means all of it.</summary>
    private static KernelVersion? Upper(string? to) =>
        to is not null && VersionCondition.IsSeries(to) ? KernelVersion.Parse(to) with { Patch = int.MaxValue } : KernelVersion.TryParse(to);

    internal static string RelativeTo(string file, string path) =>
        Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!);
}
