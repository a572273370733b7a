namespace Harness.Kernels.Debian;

/// <param name="LeftOut">
/// The suite contributes no kernels: something is missing, which a warning alone would not say.
/// </param>
/// <param name="Text">A sentence that names the suite.</param>
public sealed record ArchiveNote(string Suite, bool LeftOut, string Text);
