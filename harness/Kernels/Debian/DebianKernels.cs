using Harness.Kernels.Archives;

namespace Harness.Kernels.Debian;

/// <summary>The kernels of the Debian archive: rules in, kernels out.</summary>
public sealed class DebianKernels(
    ArchiveBases bases, HttpClient http, ImageCache cache, ArchiveOptions options, TimeProvider clock)
{
    private readonly string _suffix = bases is { IsOfRule: true, Main: { } main }
        ? $"-{Hashes.Sha256OfText(main.AbsoluteUri)[..6]}" : "";
    private readonly DebianArchive _archive = new(bases, http, cache, options, clock);
    private readonly ArchiveClient _client = new(http, options, clock);

    /// <summary>
    /// Resolves rules, each suite read once. From fresh cached indexes it makes no request, so that listing is quick.
    /// No kernel comes up twice, whichever rules want it. Where a suite cannot be read, a row of its own stands for the
    /// kernels that it may have.
    /// </summary>
    public async Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<DebianRule> rules, bool refresh, CancellationToken cancellation)
    {
        var notes = new List<string>();
        var indexes = new Dictionary<string, ArchiveIndex>(StringComparer.Ordinal);
        foreach (var sameArchitecture in rules.GroupBy(rule => DebianArchitecture.OfFlavour(rule.Flavour)?.Name))
        {
            if (sameArchitecture.Key is not { } architecture)
            {
                notes.AddRange(
                    sameArchitecture.Select(rule => $"flavour {rule.Flavour}: no architecture that is known has it"));
                continue;
            }
            string[] suites = [.. sameArchitecture.SelectMany(rule => rule.Suites).Distinct()];
            indexes[architecture] = await _archive.ReadAsync(suites, architecture, refresh, cancellation)
                .ConfigureAwait(false);
        }
        notes.AddRange(indexes.Values.SelectMany(index => index.Notes).Where(note => note.Failure is null)
            .Select(note => note.Text));
        var picks = rules.SelectMany(rule => Select(rule, indexes, notes)).GroupBy(pick => pick.Kernel.Id)
            .Select(same => same.FirstOrDefault(pick => pick.Kernel.ByName) ?? same.First());
        var failures = indexes.SelectMany(index => index.Value.Notes.Where(note => note.Failure is not null)
            .OrderBy(note => note.IsForged ? 0 : 1)
            .Select(note => new PlannedKernel(SuiteFailure.ToKernel(note, index.Key, _suffix))));
        return new ResolvedKernels([.. failures, .. picks], [.. notes.Distinct()]);
    }

    /// <summary>A run's kernel for one that is known already, from a lock for instance: no index is read.</summary>
    public Kernel ToKernel(DebianKernel kernel, bool byName = false) =>
        new(kernel.Id, kernel.Upstream, kernel.Architecture.Machine, kernel.Description,
            new DebianImageSource(kernel, bases, _client, cache), byName, kernel.Size)
        {
            Line = KernelLines.Debian,
            Checkout = new KernelCheckout("debian", kernel.Version.ToString(), null, null, kernel.Flavour),
        };

    private IReadOnlyList<PlannedKernel> Select(
        DebianRule rule, Dictionary<string, ArchiveIndex> indexes, List<string> notes)
    {
        var architecture = DebianArchitecture.OfFlavour(rule.Flavour)?.Name ?? "";
        var index = indexes.GetValueOrDefault(architecture, new ArchiveIndex([], []));
        var picks = DebianSelection.Select(rule, index, kernel => ToKernel(kernel));
        if (picks.Count == 0)
        {
            notes.Add(
                $"no kernel of flavour {rule.Flavour} in {string.Join(", ", rule.Suites)} is what the rule wants");
        }
        return picks;
    }
}
