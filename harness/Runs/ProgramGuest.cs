using Harness.Probes;

namespace Harness.Runs;

/// <summary>A program in a guest of its own.</summary>
/// <param name="Initramfs">The path of the guest's image.</param>
/// <param name="Label">
/// Tells the files of its boots from those of the run's first program; empty for that one.
/// </param>
public sealed record ProgramGuest(ProgramTask Task, string Initramfs, string Label);
