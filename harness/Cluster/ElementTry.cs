namespace Harness.Cluster;

/// <summary>What one attempt at a share has left.</summary>
/// <param name="State">What it says of itself; <c>null</c> where it has not begun.</param>
/// <param name="HasResults">Its run directory has results.</param>
internal sealed record ElementTry(int Attempt, ElementState? State, bool HasResults);
