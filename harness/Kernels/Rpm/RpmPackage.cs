namespace Harness.Kernels.Rpm;

/// <summary>A package as a repository's list has it.</summary>
/// <param name="Arch">As rpm names it, which is what <c>uname -m</c> says.</param>
/// <param name="Location">The path under the repository's base.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record RpmPackage(
    string Name, RpmVersion Version, string Arch, string Location, long Size, string Sha256);
