using System.Globalization;
using Harness.Kernels.Archives;
using Harness.Yaml;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Harness.Kernels;

/// <summary>Writes and reads <c>kernels.lock.yaml</c>. It names no host: each machine knows its own archives.</summary>
public sealed class KernelLockFile(KernelSources sources)
{
    private const int CurrentVersion = 1;

    private const string Header = "# The kernels that the matrix beside this file came to. `harness lock` writes it, "
        + "`harness run --locked` uses just these.\n";

    /// <summary>Writes a lock, whole or not at all. Paths in it become relative to it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(KernelLock content, string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var file = new KernelLockText<object>
        {
            LockVersion = CurrentVersion,
            Kernels = [.. content.Kernels.Select(kernel => (object)Text(kernel, directory))],
        };
        var yaml = new SerializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
            .WithTypeConverter(new YamlEnumConverter())
            .WithIndentedSequences()
            .WithNewLine("\n")
            .Build()
            .Serialize(file);
        Files.Replace(path, Header + yaml);
    }

    /// <exception cref="YamlFileException">
    /// The file is missing or cannot be used; with every problem found, each with its place.
    /// </exception>
    public KernelLock Read(string path)
    {
        var form = YamlForm.Of<LockedKernelFile>(
            [.. LockedKernelFile.CommonKeys, .. sources.All.SelectMany(source => source.LockKeys)]);
        var document = YamlDocument<KernelLockText<LockedKernelFile>>.Load(path, form);
        if (document.Content.LockVersion != CurrentVersion)
        {
            throw new YamlFileException([string.Create(CultureInfo.InvariantCulture,
                $"{document.At("lockVersion")}: lockVersion {document.Content.LockVersion} is not known")
                + $" (this harness writes {CurrentVersion}); run `harness lock` again"]);
        }
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var problems = new List<string>();
        var kernels = new List<LockedKernel>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, entry) in (document.Content.Kernels ?? []).Index())
        {
            var at = document.At("kernels", index);
            var (kernel, problem) = entry is null ? (null, "an entry is empty") : Read(entry, directory);
            problem ??= ids.Add(kernel!.Id) ? null : $"the kernel id '{kernel!.Id}' stands twice";
            if (problem is null)
            {
                kernels.Add(kernel! with { At = at, Line = entry!.Line });
            }
            else
            {
                problems.Add($"{at}: {problem}; run `harness lock` again");
            }
        }
        return problems.Count == 0 ? new KernelLock(kernels) : throw new YamlFileException(problems);
    }

    private (LockedKernel? Kernel, string? Problem) Read(LockedKernelFile entry, string directory)
    {
        if (entry.Id is { } id && KernelIds.Problem(id) is { } problem)
        {
            return (null, problem);
        }
        if (entry.Line is { } line && !LineName.IsValid(line))
        {
            return (null, $"'{line}' is no line of kernels, such as el9");
        }
        var named = sources.All.Where(source => source.LockKeys.Any(key => entry.Keys.Contains(key.Name))).ToList();
        return entry.Id is not null && named is [var source]
            && source.LockKeys.All(key => entry.Keys.Contains(key.Name))
            ? source.Read(entry, directory)
            : (null, $"a locked kernel has id and {Forms()}");
    }

    private string Forms() => KernelSources.Listed(
        [
            .. sources.All.Where(source => source.LockKeys.Count > 0)
                .Select(source => KernelSources.Listed([.. source.LockKeys.Select(Quoted)], " and ")),
        ],
        ", or ");

    private static string Quoted(YamlKey key) => $"'{key.Name}'";

    private OrderedDictionary<string, object> Text(LockedKernel kernel, string directory)
    {
        var text = new OrderedDictionary<string, object> { ["id"] = kernel.Id };
        if (kernel.Version is { } version)
        {
            text["version"] = version.ToString();
        }
        text["arch"] = kernel.Arch;
        if (kernel.Line is { } line)
        {
            text[LineName.Name] = line;
        }
        foreach (var (key, value) in sources.All.First(source => source.Owns(kernel)).Write(kernel, directory))
        {
            if (value is not null)
            {
                text[key] = value;
            }
        }
        return text;
    }
}
