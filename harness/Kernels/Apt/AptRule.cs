using System.Text.RegularExpressions;
using Harness.Kernels.Choice;

namespace Harness.Kernels.Apt;

/// <summary>A rule over an apt repository.</summary>
/// <param name="Line">Whose kernels they are, for ids and reports.</param>
/// <param name="Archive">The directory that holds <c>dists/</c>.</param>
/// <param name="Suites">In the order of preference.</param>
/// <param name="Keyring">The keys that may sign, an absolute path.</param>
/// <param name="Packages">
/// Of a whole package name; its group <c>version</c> is the kernel's upstream version and what follows.
/// </param>
/// <param name="Modules">
/// The name of the package with the modules, with <c>${version}</c> and other groups of the pattern; <c>null</c> where
/// the image's package has them.
/// </param>
/// <param name="Architecture">As dpkg names it.</param>
/// <param name="Arch">As <c>uname -m</c> says.</param>
public sealed record AptRule(
    string Line, Uri Archive, IReadOnlyList<string> Suites, IReadOnlyList<string> Components, string Keyring,
    Regex Packages, string? Modules, string Architecture, string Arch, KernelChoice Choice)
{
    /// <summary>The group of a pattern that a kernel's version is.</summary>
    public const string VersionGroup = "version";

    /// <summary>The images' packages, and those that may hold modules.</summary>
    public PackageFilter Filter
    {
        get
        {
            var modules = Modules is null ? null
                : new Regex($"^{PlaceHolder().Replace(Regex.Escape(Modules), ".+")}$", RegexOptions.CultureInvariant);
            return new PackageFilter($"{Packages}\n{Modules}",
                (name, _) => Packages.IsMatch(name) || modules?.IsMatch(name) == true);
        }
    }

    private static Regex PlaceHolder() => new(@"\\\$\\\{[^}]*}", RegexOptions.CultureInvariant);
}
