namespace Harness;

/// <summary>Which sources a kernel was built from, and how, as far as its kernel source knows.</summary>
/// <param name="Tree">The tree's name: <c>debian</c>, or the directory of a git repository.</param>
/// <param name="Branch">
/// What of the tree: the version of a distribution's source package, or the revision that was asked for.
/// </param>
/// <param name="Repository">Where the repository is fetched from, with https; <c>null</c> where nobody says.</param>
/// <param name="Commit">Its full hash; <c>null</c> for a package, which names none.</param>
/// <param name="Configuration">The configuration's name, a flavour; <c>null</c> where it has none.</param>
public sealed record KernelCheckout(
    string Tree, string Branch, string? Repository, string? Commit, string? Configuration);
