using Harness.Results;

namespace Harness.Probes;

/// <summary>A case as a native program lists it.</summary>
/// <param name="Id">Its parts joined by dots; the first is one of the probe's layers.</param>
/// <param name="Want">What a portable program wants of a kernel.</param>
/// <param name="Source">Why, where that is not obvious; else empty.</param>
public sealed record ProbeCase(string Id, Outcome Want, string Source);
