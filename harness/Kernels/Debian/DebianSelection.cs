namespace Harness.Kernels.Debian;

/// <summary>What a rule takes of an index.</summary>
public static class DebianSelection
{
    /// <param name="toKernel">Makes the run's kernel: its source knows where to download.</param>
    /// <returns>In the order of versions; for kernels asked for by name in the rule's order.</returns>
    public static IReadOnlyList<PlannedKernel> Select(
        DebianRule rule, ArchiveIndex index, Func<DebianKernel, Kernel> toKernel)
    {
        var kernels = Kernels(index.Packages, rule.Suites, rule.Flavour);
        return rule.Versions.Count > 0
            ? [.. rule.Versions.Select(version => Named(version, rule, kernels, toKernel))]
            : [.. kernels.Where(kernel => IsWanted(kernel.Upstream, rule)).GroupBy(kernel => kernel.Upstream.Series)
                .SelectMany(series => OfSeries([.. series], rule.Pick, toKernel))];
    }

    /// <summary>
    /// The kernels of one flavour in some suites, oldest first: one for each Debian version, whichever suites carry it,
    /// its places in the order of the suites. An unsigned package counts only where that version has no signed one.
    /// </summary>
    public static IReadOnlyList<DebianKernel> Kernels(
        IEnumerable<DebianPackage> packages, IReadOnlyList<string> suites, string flavour) =>
        DebianArchitecture.OfFlavour(flavour) is not { } architecture ? [] :
        [
            .. packages
                .Where(package => package.Flavour == flavour && package.Architecture == architecture.Name
                    && suites.Contains(package.Suite))
                .GroupBy(package => package.Version)
                .Select(version => Merge(version, suites, architecture))
                .OrderBy(kernel => kernel.Version),
        ];

    private static DebianKernel Merge(
        IEnumerable<DebianPackage> packages, IReadOnlyList<string> suites, DebianArchitecture architecture)
    {
        var order = suites.Index().ToLookup(suite => suite.Item, suite => suite.Index);
        var ordered = packages.OrderBy(package => package.Signed ? 0 : 1)
            .ThenBy(package => order[package.Suite].First()).ToList();
        var first = ordered[0];
        // Another place must have the very same file: what is verified is one hash.
        var places = ordered.Where(package => package.Sha256 == first.Sha256)
            .Select(package => new ArchivePlace(package.Suite, package.Base, package.Filename));
        return new DebianKernel(
            first.Version, first.Flavour, architecture, first.Abi, first.Name, first.Signed, first.Size, first.Sha256,
            [.. places]);
    }

    private static bool IsWanted(KernelVersion version, DebianRule rule) =>
        (rule.From is null || version >= rule.From || IsInBareSeries(version, rule.From))
        && (rule.To is null || version <= rule.To || IsInBareSeries(version, rule.To));

    // A bare series (5.10) as a bound means all of it, its pre-releases too, which sort before 5.10 itself.
    private static bool IsInBareSeries(KernelVersion version, KernelVersion bound) =>
        bound is { Patch: 0, Rc: null } && version.Series == bound.Series;

    private static IEnumerable<PlannedKernel> OfSeries(
        IReadOnlyList<DebianKernel> oldestFirst, Pick pick, Func<DebianKernel, Kernel> toKernel)
    {
        var newestFirst = oldestFirst.Reverse().ToList();
        return pick switch
        {
            Pick.Newest => [WithStandIns(newestFirst, toKernel)],
            Pick.Oldest => [WithStandIns(oldestFirst, toKernel)],
            Pick.OldestAndNewest when oldestFirst.Count > 1 =>
                [WithStandIns(oldestFirst, toKernel), WithStandIns(newestFirst, toKernel)],
            Pick.OldestAndNewest => [WithStandIns(oldestFirst, toKernel)],
            _ => oldestFirst.Select(kernel => new PlannedKernel(toKernel(kernel))),
        };
    }

    private static PlannedKernel WithStandIns(IReadOnlyList<DebianKernel> inOrder, Func<DebianKernel, Kernel> toKernel)
    {
        var first = toKernel(inOrder[0]);
        var note = $"stands in for {first.Id}, which the archive lists and does not serve";
        return new PlannedKernel(first)
        {
            StandIns = [.. inOrder.Skip(1).Select(kernel => toKernel(kernel) with { Note = note })],
        };
    }

    private static PlannedKernel Named(
        string version, DebianRule rule, IReadOnlyList<DebianKernel> kernels, Func<DebianKernel, Kernel> toKernel)
    {
        var found = DebianVersion.TryParse(version) is { } wanted
            ? kernels.FirstOrDefault(kernel => kernel.Version == wanted) : null;
        if (found is not null)
        {
            return new PlannedKernel(toKernel(found) with { ByName = true });
        }
        var reason =
            $"no package of {version} in flavour {rule.Flavour} is in the index of {string.Join(", ", rule.Suites)}";
        return new PlannedKernel(
            new Kernel(DebianKernel.IdOf(version, rule.Flavour), KernelVersion.TryParse(version),
                DebianArchitecture.OfFlavour(rule.Flavour)?.Machine ?? "unknown", $"debian {version} {rule.Flavour}",
                new AbsentImageSource(reason), ByName: true));
    }
}
