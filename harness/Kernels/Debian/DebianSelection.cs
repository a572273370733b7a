using Harness.Kernels.Apt;
using Harness.Kernels.Choice;

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
        return new KernelSelection<DebianKernel>(kernel => kernel.Upstream, toKernel).Select(
            rule, kernels,
            version => DebianVersion.TryParse(version) is { } wanted
                ? kernels.FirstOrDefault(kernel => kernel.Version == wanted) : null,
            version => Absent(version, rule));
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
            .Select(package => new ArchivePlace(package.Suite, package.Base, package.Filename)
            {
                Mirror = package.Mirror,
            });
        return new DebianKernel(
            first.Version, first.Flavour, architecture, first.Abi, first.Name, first.Signed, first.Size, first.Sha256,
            [.. places]);
    }

    private static Kernel Absent(string version, DebianRule rule)
    {
        var reason =
            $"no package of {version} in flavour {rule.Flavour} is in the index of {string.Join(", ", rule.Suites)}";
        return new Kernel(DebianKernel.IdOf(version, rule.Flavour), KernelVersion.TryParse(version),
            DebianArchitecture.OfFlavour(rule.Flavour)?.Machine ?? "unknown", $"debian {version} {rule.Flavour}",
            new AbsentImageSource(reason), ByName: true)
        {
            Line = KernelLines.Debian,
        };
    }
}
