using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Kernels.Debian;
using Harness.Kernels.Git;
using Harness.Yaml;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Harness.Kernels;

#pragma warning disable CA1002, CA2227 // These types are what a YAML file looks like; the deserializer fills them.

/// <summary>The text of <c>kernels.lock.yaml</c>. It names no host: where the archive is, each machine knows itself.</summary>
public sealed class KernelLockFile
{
    public const int CurrentVersion = 1;

    private const string Header = """
        # The kernels that the matrix beside this file came to. `harness lock` writes it, `harness run --locked` uses just these.

        """;

    [YamlMember(Alias = "lockVersion", ApplyNamingConventions = false)]
    public int LockVersion { get; set; }

    public List<LockedKernelFile>? Kernels { get; set; }

    /// <summary>Writes a lock, whole or not at all. Paths of local images become relative to it.</summary>
    public static void Write(KernelLock content, string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var file = new KernelLockFile
        {
            LockVersion = CurrentVersion,
            Kernels = [.. content.Kernels.Select(kernel => LockedKernelFile.Of(kernel, directory))],
        };
        var yaml = new SerializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
            .WithTypeConverter(new YamlEnumConverter())
            .WithIndentedSequences()
            .WithNewLine("\n")
            .Build()
            .Serialize(file);
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, Header + yaml);
        File.Move(temporary, path, overwrite: true);
    }

    /// <exception cref="YamlFileException">The file is missing or cannot be used; with every problem found, each with its place.</exception>
    public static KernelLock Read(string path)
    {
        var document = YamlDocument<KernelLockFile>.Load(path);
        if (document.Content.LockVersion != CurrentVersion)
        {
            throw new YamlFileException([string.Create(CultureInfo.InvariantCulture,
                $"{document.At("lockVersion")}: lockVersion {document.Content.LockVersion} is not known (this harness writes {CurrentVersion}); run `harness lock` again")]);
        }
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var problems = new List<string>();
        var kernels = new List<LockedKernel>();
        foreach (var (index, entry) in (document.Content.Kernels ?? []).Index())
        {
            var (kernel, problem) = entry?.Read(directory) ?? (null, "an entry is empty");
            problem ??= kernels.Any(other => other.Id == kernel!.Id) ? $"the kernel id '{kernel!.Id}' stands twice" : null;
            if (problem is not null)
            {
                problems.Add($"{document.At("kernels", index)}: {problem}; run `harness lock` again");
                continue;
            }
            kernels.Add(kernel is LockedKernel.Git git ? git with { At = document.At("kernels", index) } : kernel!);
        }
        return problems.Count == 0 ? new KernelLock(kernels) : throw new YamlFileException(problems);
    }
}

/// <summary>One kernel of a lock: with <see cref="Debian"/>, with <see cref="Git"/>, or with <see cref="Path"/> and <see cref="Sha256"/>.</summary>
public sealed class LockedKernelFile
{
    public string? Id { get; set; }

    public string? Version { get; set; }

    public string? Arch { get; set; }

    public LockedDebianFile? Debian { get; set; }

    public LockedGitFile? Git { get; set; }

    public string? Path { get; set; }

    public string? Sha256 { get; set; }

    internal static LockedKernelFile Of(LockedKernel kernel, string directory) => kernel switch
    {
        LockedKernel.Debian { Kernel: var debian } => new LockedKernelFile
        {
            Id = debian.Id,
            Version = debian.Upstream.ToString(),
            Arch = debian.Architecture.Machine,
            Debian = LockedDebianFile.Of(debian),
        },
        LockedKernel.Local local => new LockedKernelFile
        {
            Id = local.Id,
            Version = local.Version?.ToString(),
            Arch = local.Arch,
            Path = System.IO.Path.GetRelativePath(directory, local.Path),
            Sha256 = local.Sha256,
        },
        LockedKernel.Git git => new LockedKernelFile
        {
            Id = git.Id,
            Version = git.Version?.ToString(),
            Arch = git.Arch,
            Git = LockedGitFile.Of(git, directory),
        },
        _ => throw new InvalidOperationException($"{kernel.Id} is of an unknown kind"),
    };

    internal (LockedKernel? Kernel, string? Problem) Read(string directory)
    {
        if (Id is not null && KernelIds.Problem(Id) is { } bad)
        {
            return (null, bad);
        }
        if (Git is not null && Debian is null && Path is null && Sha256 is null && Id is not null && Arch is not null)
        {
            return Git.Read(Id, KernelVersion.TryParse(Version), Arch, directory);
        }
        if (Debian is not null && Git is null && Path is null && Sha256 is null)
        {
            var (kernel, problem) = Debian.Read();
            return kernel is not null && kernel.Id != Id ? (null, $"'{Id}' is {kernel.Id} by its version and flavour")
                : kernel is null ? (null, problem)
                : (new LockedKernel.Debian(kernel), null);
        }
        if (Debian is not null || Git is not null || Path is null || Id is null || Arch is null || !KernelStanza.IsSha256(Sha256 ?? ""))
        {
            return (null, "a locked kernel has either 'debian', or id, arch and 'git', or id, arch, path and sha256");
        }
        return (new LockedKernel.Local(Id, KernelVersion.TryParse(Version), Arch, System.IO.Path.GetFullPath(Path, directory), Sha256!), null);
    }
}

/// <summary>A commit of a kernel tree.</summary>
public sealed partial class LockedGitFile
{
    public string? Dir { get; set; }

    public string? Commit { get; set; }

    /// <summary>The kernel options that were added, as they were.</summary>
    public string? Config { get; set; }

    public List<string>? MakeArgs { get; set; }

    internal static LockedGitFile Of(LockedKernel.Git git, string directory) => new()
    {
        Dir = System.IO.Path.GetRelativePath(directory, git.Repository),
        Commit = git.Commit,
        Config = git.Build.Fragment,
        MakeArgs = git.Build.MakeArguments.Count == 0 ? null : [.. git.Build.MakeArguments],
    };

    internal (LockedKernel? Kernel, string? Problem) Read(string id, KernelVersion? version, string arch, string directory) =>
        Dir is null || !CommitId().IsMatch(Commit ?? "") || MakeArgs?.Exists(string.IsNullOrWhiteSpace) == true
            ? (null, "git needs dir, and commit as a full id; its make_args are not empty")
            : (new LockedKernel.Git(id, version, arch, System.IO.Path.GetFullPath(Dir, directory), Commit!,
                new BuildSettings(BuildSettings.DefaultArch, Config, MakeArgs ?? [], Environment.ProcessorCount)), null);

    [GeneratedRegex("^([0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex CommitId();
}

/// <summary>A package of the Debian archive.</summary>
public sealed class LockedDebianFile
{
    public string? Version { get; set; }

    public string? Flavour { get; set; }

    public string? Package { get; set; }

    public long Size { get; set; }

    public string? Sha256 { get; set; }

    public List<LockedPlaceFile>? Places { get; set; }

    internal static LockedDebianFile Of(DebianKernel kernel) => new()
    {
        Version = kernel.Version.ToString(),
        Flavour = kernel.Flavour,
        Package = kernel.Package,
        Size = kernel.Size,
        Sha256 = kernel.Sha256,
        Places = [.. kernel.Places.Select(place => new LockedPlaceFile { Suite = place.Suite, Base = place.Base, Filename = place.Filename })],
    };

    internal (DebianKernel? Kernel, string? Problem) Read()
    {
        var version = DebianVersion.TryParse(Version);
        var name = KernelPackageName.TryParse(Package ?? "");
        var places = Places?.Where(place => place is { Suite: not null, Base: not null, Filename: not null } && KernelStanza.IsPoolPath(place.Filename)).ToList();
        var problem = version is null || KernelVersion.TryParse(Version) is null ? $"'{Version}' is not a kernel's Debian version"
            : DebianArchitecture.OfFlavour(Flavour ?? "") is null ? $"the flavour '{Flavour}' is not known"
            : name is null || name.Flavour != Flavour ? $"'{Package}' is not a package of that flavour's kernels"
            : Size <= 0 || !KernelStanza.IsSha256(Sha256 ?? "") ? "size or sha256 is missing or makes no sense"
            : places is not { Count: > 0 } || places.Count != Places!.Count ? "places needs suite, base and filename (below pool/) of at least one place"
            : null;
        return problem is not null ? (null, problem) : (new DebianKernel(
            version!, Flavour!, DebianArchitecture.OfFlavour(Flavour!)!, name!.Abi, Package!, name.Signed, Size, Sha256!,
            [.. places!.Select(place => new ArchivePlace(place.Suite!, place.Base!.Value, place.Filename!))]), null);
    }
}

/// <summary>Where the package lies in the archive.</summary>
public sealed class LockedPlaceFile
{
    public string? Suite { get; set; }

    public ArchiveBase? Base { get; set; }

    public string? Filename { get; set; }
}
