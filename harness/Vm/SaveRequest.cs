namespace Harness.Vm;

/// <summary>Has <see cref="VirtmeHost"/> save the guest that waits.</summary>
/// <param name="Save">The directory for the snapshot; <c>null</c> only has the guest go on.</param>
internal sealed record SaveRequest(string? Save);
