namespace Harness.Kernels.Debian;

/// <summary>What a rule names in the place of the archive that the whole matrix uses.</summary>
/// <param name="Mirror">The archive's base URI; <c>null</c> for the one that the whole matrix uses.</param>
/// <param name="SecurityMirror">The same of the security archive; <c>null</c> for the one beside the mirror.</param>
/// <param name="Keyring">The keys that may sign it, an absolute path; <c>null</c> for those of the matrix.</param>
public sealed record RuleArchive(string? Mirror, string? SecurityMirror, string? Keyring);
