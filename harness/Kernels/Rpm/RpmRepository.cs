using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Kernels.Packages;

namespace Harness.Kernels.Rpm;

/// <summary>Finds the kernels of a rule in its rpm repository.</summary>
internal sealed class RpmRepository(string source, RpmRule rule, KernelSourceContext context)
{
    /// <summary>The kernels that the rule comes to, or a row for a repository that cannot be read.</summary>
    /// <param name="toKernel">Makes the run's kernel of one that the list has.</param>
    public async Task<ResolvedKernels> ResolveAsync(
        Func<ArchiveKernel, Kernel> toKernel, CancellationToken cancellation)
    {
        var options = await ArchiveOptions.OfAsync(rule.Keyring, cancellation).ConfigureAwait(false);
        var reader = new RpmReader(rule, context, options);
        var (index, problem) = await reader.ReadAsync(cancellation).ConfigureAwait(false);
        if (index is null)
        {
            return new ResolvedKernels([new PlannedKernel(Failure(reader, problem!))], []);
        }
        var kernels = Kernels(index);
        var picks = new KernelSelection<ArchiveKernel>(kernel => kernel.Upstream, toKernel).Select(
            rule.Choice, kernels, version => kernels.FirstOrDefault(kernel => kernel.Image.Version == version), Absent);
        return new ResolvedKernels(
            picks, picks.Count > 0 ? [] : [$"no kernel of {rule.Archive} is what the rule wants"]);
    }

    /// <summary>One kernel for each version of a package, oldest first.</summary>
    private IReadOnlyList<ArchiveKernel> Kernels(RpmIndex index)
    {
        var byName = index.Packages.ToLookup(package => (package.Name, package.Version));
        return
        [
            .. index.Packages.Where(package => rule.Package.IsMatch(package.Name))
                .DistinctBy(package => (package.Name, package.Version))
                .Where(package => KernelVersion.TryParse(package.Version.Version) is not null)
                .OrderBy(package => KernelVersion.Parse(package.Version.Version)).ThenBy(package => package.Version)
                .ThenBy(package => package.Name, StringComparer.Ordinal)
                .Select(package => new ArchiveKernel(
                    source, rule.Line,
                    IdOf(package.Version.ToString(), rule.Package.Match(package.Name).Groups["flavour"].Value),
                    KernelVersion.Parse(package.Version.Version), rule.Arch, ToPackage(package, index),
                    [
                        .. rule.Modules.SelectMany(name => byName[(name, package.Version)].Take(1))
                            .Select(modules => ToPackage(modules, index)),
                    ])),
        ];
    }

    private ArchivePackage ToPackage(RpmPackage package, RpmIndex index) => new(
        package.Name, package.Version.ToString(), ArchiveClient.AddressOf(rule.Archive, package.Location),
        package.Size, package.Sha256)
    {
        Keyring = index.IsSigned ? null : rule.Keyring,
    };

    private string IdOf(string version, string flavour) => ArchiveKernel.IdOf(
        rule.Line, version, flavour.Length > 0 ? [flavour, rule.Arch] : [rule.Arch]);

    private Kernel Absent(string version) => new(
        IdOf(version, ""), KernelVersion.TryParse(version), rule.Arch, $"{rule.Line} {version}",
        new AbsentImageSource($"no package of {version} is in the list of {rule.Archive}"), ByName: true)
    {
        Line = rule.Line,
    };

    private Kernel Failure(RpmReader reader, string problem) => ArchiveFailure.ToKernel(
        rule.Line, $"{rule.Line}-repository-{rule.Arch}-{Hashes.Sha256OfText(rule.Archive.AbsoluteUri)[..6]}",
        rule.Arch, $"{rule.Line} {rule.Archive}, all its kernels",
        $"the repository {rule.Archive} cannot be read: {problem}", reader.IsForged, reader.Retries);
}
