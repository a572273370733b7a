using System.Text.RegularExpressions;
using Harness.Kernels.Apt;
using Harness.Kernels.Packages;
using Harness.Yaml;

namespace Harness.Kernels.Ubuntu;

/// <summary>
/// Ubuntu's archive as a source of kernels: an apt repository whose names of packages are known. The image is in
/// <c>linux-image-ABI-FLAVOUR</c>, signed for secure boot, or in <c>linux-image-unsigned-…</c>; modules and
/// configuration are in <c>linux-modules-…</c>.
/// </summary>
public sealed class UbuntuKernelSource()
    : ArchiveKernelSource<UbuntuFile, UbuntuEntry>(
        "ubuntu", "Kernels of Ubuntu's archive, chosen by rule or by version.")
{
    private const string Line = "ubuntu";
    private const string Keyring = "/usr/share/keyrings/ubuntu-archive-keyring.gpg";
    private const string Modules = "linux-modules-${version}-${flavour}";

    public override string EntryInWords => "a rule over Ubuntu's archive";

    public override IReadOnlyList<string> Programs { get; } = ["gpgv", "xz", "dpkg-deb"];

    protected override UbuntuEntry? Read(
        UbuntuFile text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        var rule = at[Key.Name];
        var names = new AptNames(text.Uri, text.Suites, ["main"], text.Keyring ?? Keyring, text.Arch);
        var flavour = text.Flavour ?? "generic";
        if (!SuitePlace.IsName(flavour))
        {
            problems.Add($"{rule["flavour"]}: '{flavour}' is no flavour, such as generic");
        }
        var choice = AptEntryReader.ReadChoice(text, text.Versions, rule, problems);
        var archive = names.Read(rule, at, problems);
        return problems.Count > before ? null
            : new UbuntuEntry(at.ToString(), archive!.ToRule(Line, Images(flavour), Modules, choice));
    }

    protected override async Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<UbuntuEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        ResolvedKernels.Merge(await Task.WhenAll(
            entries.Select(entry => new AptRepository(Key.Name, entry.Rule, context)
                .ResolveAsync(kernel => ToKernel(kernel, context), cancellation))).ConfigureAwait(false));

    private static Regex Images(string flavour) => new(
        @"^linux-image-(unsigned-)?(?<version>[0-9]+\.[0-9]+\.[0-9]+-[0-9]+)-(?<flavour>" + Regex.Escape(flavour)
            + @")\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
