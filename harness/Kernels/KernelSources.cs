using Harness.Kernels.Apt;
using Harness.Kernels.Debian;
using Harness.Kernels.Directories;
using Harness.Kernels.FileImages;
using Harness.Kernels.Git;
using Harness.Kernels.Images;
using Harness.Kernels.Installed;
using Harness.Kernels.Oci;
using Harness.Kernels.Rpm;
using Harness.Kernels.Ubuntu;
using Harness.Yaml;

namespace Harness.Kernels;

/// <summary>The sources that kernels can come from.</summary>
/// <param name="all">In the order of the schema, and of the kernels that a matrix comes to.</param>
public sealed class KernelSources(IReadOnlyList<KernelSource> all)
{
    /// <summary>The sources of this project: the one place where they are listed.</summary>
    public static KernelSources Default { get; } =
        new(
        [
            new DebianKernelSource(),
            new UbuntuKernelSource(),
            new AptKernelSource(),
            new RpmKernelSource(),
            new OciKernelSource(),
            new ImageKernelSource(),
            new FileKernelSource(),
            new DirectoryKernelSource(),
            new InstalledKernelSource(),
            new GitKernelSource(),
        ]);

    public IReadOnlyList<KernelSource> All { get; } = all;

    /// <summary>The keys at the top of a matrix that concern the sources.</summary>
    public IReadOnlyList<YamlSection> Settings => [.. All.SelectMany(source => source.Settings)];

    /// <summary>
    /// The keys that an entry of a matrix may have. A key that several sources take has all their descriptions.
    /// </summary>
    public IReadOnlyList<YamlKey> EntryKeys =>
    [
        .. All.Select(source => source.Key),
        .. All.SelectMany(source => source.FurtherKeys).GroupBy(key => key.Name)
            .Select(same => same.First() with
            {
                Description = string.Join(' ', same.Select(key => key.Description).Distinct()),
            }),
    ];

    /// <summary>What an entry of a matrix is, for the schema.</summary>
    public string EntryDescription
    {
        get
        {
            var text = Listed([.. All.Select(source => source.EntryInWords)], ", or ");
            return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
        }
    }

    /// <summary>
    /// What a kernel of this id is a point release of; <c>null</c> for one that no later kernel replaces.
    /// </summary>
    public KernelPlace? PlaceOf(string kernelId) =>
        All.Select(source => source.PlaceOf(kernelId)).FirstOrDefault(place => place is not null);

    /// <summary>Checks an entry of a matrix.</summary>
    /// <param name="entry"><c>null</c> when it is empty.</param>
    /// <param name="at">Its place.</param>
    /// <param name="problems">Gets every problem, with its place.</param>
    /// <returns><c>null</c> when there is a problem.</returns>
    public KernelEntry? Read(KernelEntryFile? entry, YamlPlace at, List<string> problems)
    {
        var sources = All.Where(source => entry?.Keys.Contains(source.Key.Name) == true).ToList();
        if (sources is [var source]
            && entry!.Keys.All(key => key == source.Key.Name || source.FurtherKeys.Any(k => k.Name == key)))
        {
            return source.Read(entry, at, problems);
        }
        // Those with the fewest further keys come first, which reads best.
        var forms = All.OrderBy(s => s.FurtherKeys.Count).Select(s => $"'{s.Key.Name}: …'{Further(s)}").ToList();
        problems.Add($"{at}: a kernel entry is {(forms.Count > 1 ? "either " : "")}{Listed(forms, " or ")}");
        return null;

        static string Further(KernelSource source) => source.FurtherKeys.Count == 0
            ? ""
            : $" (with {Listed([.. source.FurtherKeys.Select(key => key.Name)], " and ")}, if needed)";
    }

    /// <summary>The kernels that a matrix's entries come to today, source after source.</summary>
    /// <exception cref="YamlFileException">
    /// An entry names what is not there, or two kernels have the same id.
    /// </exception>
    public async Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<KernelEntry> entries, KernelSourceContext context, CancellationToken cancellation)
    {
        var kernels = new List<PlannedKernel>();
        var notes = new List<string>();
        foreach (var source in All.Where(source => entries.Any(source.Owns)))
        {
            var resolved = await source.ResolveAsync(entries.Where(source.Owns), context, cancellation)
                .ConfigureAwait(false);
            kernels.AddRange(resolved.Kernels);
            notes.AddRange(resolved.Notes);
        }
        var twice = kernels.CountBy(planned => planned.Kernel.Id).Where(id => id.Value > 1).Select(id => id.Key)
            .ToHashSet();
        var problems = entries.SelectMany(entry => entry.Named).Where(named => twice.Contains(named.Id))
            .Select(named => $"{named.At}: the kernel id '{named.Id}' is also chosen by a rule; give it another name")
            .ToList();
        if (problems.Count == 0 && twice.Count > 0)
        {
            problems.Add($"{entries[0].At}: two sources choose kernels of the id '{twice.First()}'");
        }
        return problems.Count == 0 ? new ResolvedKernels(kernels, notes) : throw new YamlFileException(problems);
    }

    /// <summary>The kernels that a lock pins, in its order, all of them asked for by name. No index is read.</summary>
    /// <exception cref="YamlFileException">A pinned kernel is not there.</exception>
    public async Task<ResolvedKernels> UnlockAsync(
        KernelLock pinned, KernelSourceContext context, CancellationToken cancellation)
    {
        var kernels = new Dictionary<string, Kernel>(StringComparer.Ordinal);
        foreach (var source in All.Where(source => pinned.Kernels.Any(source.Owns)))
        {
            var own = pinned.Kernels.Where(source.Owns);
            foreach (var kernel in await source.UnlockAsync(own, context, cancellation).ConfigureAwait(false))
            {
                kernels[kernel.Id] = kernel;
            }
        }
        return new ResolvedKernels([.. pinned.Kernels.Select(locked => new PlannedKernel(Of(locked)))], []);

        Kernel Of(LockedKernel locked) => locked.Line is { } line
            ? kernels[locked.Id] with { Line = line } : kernels[locked.Id];
    }

    /// <param name="last">Stands before the last one, with its blanks.</param>
    internal static string Listed(IReadOnlyList<string> words, string last) => words.Count < 2
        ? string.Concat(words)
        : string.Join(", ", words.Take(words.Count - 1)) + last + words[^1];
}
