using System.Text.RegularExpressions;
using Harness.Kernels.Choice;

namespace Harness.Kernels.Rpm;

/// <summary>A rule over an rpm repository.</summary>
/// <param name="Line">Whose kernels they are, for ids and reports.</param>
/// <param name="Archive">The directory that holds <c>repodata/</c>.</param>
/// <param name="Keyring">The keys that may sign the repository, or else each package; an absolute path.</param>
/// <param name="Package">Of the whole name of the package with the image; a group <c>flavour</c> is the kernel's.
/// </param>
/// <param name="Modules">Names of packages of the same version that hold further modules.</param>
/// <param name="Arch">As <c>uname -m</c> says.</param>
public sealed record RpmRule(
    string Line, Uri Archive, string Keyring, Regex Package, IReadOnlyList<string> Modules, string Arch,
    KernelChoice Choice)
{
    /// <summary>Whether a package of the repository has something of a kernel that the rule may want.</summary>
    public bool IsWanted(string name, string arch) =>
        arch == Arch && (Package.IsMatch(name) || Modules.Contains(name, StringComparer.Ordinal));
}
