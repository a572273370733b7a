namespace Harness.Results;

/// <summary>Something that a user handed to a probe, and that no kernel could be asked about.</summary>
/// <param name="Probe">The probe's name.</param>
/// <param name="What">As the user named it, such as a file.</param>
/// <param name="Why">In words: <c>it is no ELF file</c>.</param>
public sealed record NotAsked(string Probe, string What, string Why);
