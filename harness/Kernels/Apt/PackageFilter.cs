namespace Harness.Kernels.Apt;

/// <summary>Which packages of an index are kept.</summary>
/// <param name="Name">
/// Tells the cached indexes of different filters apart; <c>null</c> for the one of the Debian archive's kernels.
/// </param>
/// <param name="IsWanted">Given a package's name and its field <c>Depends</c>.</param>
public sealed record PackageFilter(string? Name, Func<string, string, bool> IsWanted);
