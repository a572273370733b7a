using Harness.Kernels.Archives;

namespace Harness.Kernels.Apt;

/// <summary>
/// What is kept of a suite's index once it was verified: its kernels, and when it was last known to be current.
/// </summary>
/// <param name="PackagesSha256">Of the index that the kernels were read from.</param>
public sealed record CachedSuite(
    int Format,
    DateTimeOffset CheckedAt,
    Validator Validator,
    DateTimeOffset? ValidUntil,
    string PackagesSha256,
    IReadOnlyList<PackageStanza> Kernels);
