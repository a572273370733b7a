using System.Text.RegularExpressions;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Kernels.Packages;

namespace Harness.Kernels.Apt;

/// <summary>Finds the kernels of a rule in its apt repository.</summary>
/// <param name="source">The key of the source that the rule stands under.</param>
internal sealed class AptRepository(string source, AptRule rule, KernelSourceContext context)
{
    /// <summary>How a package says that its kernel is not signed for secure boot.</summary>
    private const string Unsigned = "unsigned";

    /// <summary>The kernels that the rule comes to, and rows for suites that cannot be read.</summary>
    /// <param name="toKernel">Makes the run's kernel of one that the index lists.</param>
    public async Task<ResolvedKernels> ResolveAsync(
        Func<ArchiveKernel, Kernel> toKernel, CancellationToken cancellation)
    {
        var options = await ArchiveOptions.OfAsync(rule.Keyring, cancellation).ConfigureAwait(false);
        var places = rule.Suites.SelectMany(suite => rule.Components.Select(component =>
            new SuitePlace(rule.Archive, suite, component, rule.Architecture) { Name = $"{suite} of {rule.Archive}" }));
        var client = new ArchiveClient(context.Http, options, context.Clock);
        var cache = new SuiteCache(context.Cache, options.KeyringSha256);
        var indexes = await Task.WhenAll(places.Select(place =>
            new SuiteReader(place, rule.Filter, client, cache, options, context.Clock)
                .ReadAsync(context.Refresh, cancellation))).ConfigureAwait(false);
        var notes = indexes.SelectMany(index => index.Notes).ToList();
        var kernels = Kernels([.. indexes.SelectMany(index => index.Packages)]);
        var picks = new KernelSelection<ArchiveKernel>(kernel => kernel.Upstream, toKernel).Select(
            rule.Choice, kernels, version => kernels.LastOrDefault(kernel => kernel.Image.Version == version), Absent);
        return new ResolvedKernels(
            [
                .. notes.Where(note => note.LeftOut).DistinctBy(note => note.Suite)
                    .Select(note => new PlannedKernel(Failure(note))),
                .. picks,
            ],
            [
                .. notes.Where(note => !note.LeftOut).Select(note => note.Text),
                .. picks.Count == 0
                    ? [$"no kernel of {rule.Archive} in {string.Join(", ", rule.Suites)} is what the rule wants"]
                    : Array.Empty<string>(),
            ]);
    }

    /// <summary>One kernel for each version of a package, oldest first; a signed one rather than an unsigned one.
    /// </summary>
    private IReadOnlyList<ArchiveKernel> Kernels(IReadOnlyList<PackageStanza> packages)
    {
        var byName = packages.ToLookup(package => package.Package);
        return
        [
            .. packages.Select(package => (Package: package, Match: rule.Packages.Match(package.Package)))
                .Where(found => found.Match.Success && UpstreamOf(found.Match) is not null)
                .GroupBy(found => (found.Package.Version,
                    Package: found.Package.Package.Replace($"-{Unsigned}", "", StringComparison.Ordinal)))
                .Select(same => same.MinBy(found => found.Package.Package.Contains(Unsigned, StringComparison.Ordinal)))
                .Select(found => ToKernel(found.Package, found.Match, byName))
                .OrderBy(kernel => kernel.Upstream).ThenBy(kernel => DebianVersion.Parse(kernel.Image.Version))
                .ThenBy(kernel => kernel.Id, StringComparer.Ordinal),
        ];
    }

    private ArchiveKernel ToKernel(
        PackageStanza package, Match match, ILookup<string, PackageStanza> byName)
    {
        var beside = rule.Modules is null ? null : byName[match.Result(rule.Modules)]
            .MaxBy(modules => (modules.Version == package.Version, DebianVersion.Parse(modules.Version)));
        return new ArchiveKernel(
            source, rule.Line, IdOf(package.Version, match.Groups["flavour"].Value), UpstreamOf(match)!, rule.Arch,
            ToPackage(package), beside is null ? [] : [ToPackage(beside)]);
    }

    private static KernelVersion? UpstreamOf(Match match) =>
        KernelVersion.TryParse(match.Groups[AptRule.VersionGroup].Value);

    private string IdOf(string version, string flavour) => ArchiveKernel.IdOf(
        rule.Line, version, flavour.Length > 0 ? [flavour, rule.Architecture] : [rule.Architecture]);

    private ArchivePackage ToPackage(PackageStanza package) => new(
        package.Package, package.Version, ArchiveClient.AddressOf(rule.Archive, package.Filename), package.Size,
        package.Sha256);

    private Kernel Absent(string version) => new(
        IdOf(version, ""), KernelVersion.TryParse(version), rule.Arch, $"{rule.Line} {version}",
        new AbsentImageSource(
            $"no package of {version} is in the index of {string.Join(", ", rule.Suites)} of {rule.Archive}"),
        ByName: true)
    {
        Line = rule.Line,
    };

    /// <summary>A suite that the matrix names and that cannot be had is no choice of the archive's.</summary>
    private Kernel Failure(ArchiveNote note) => ArchiveFailure.ToKernel(
        rule.Line,
        $"{rule.Line}-suite-{note.Suite}-{rule.Architecture}-{Hashes.Sha256OfText(rule.Archive.AbsoluteUri)[..6]}",
        rule.Arch, $"{rule.Line} {note.Suite}, all its kernels", note.Text, note.IsForged, note.Retries);
}
