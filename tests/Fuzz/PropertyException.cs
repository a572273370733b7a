namespace Harness.Tests.Fuzz;

/// <summary>What must hold for every input does not hold for this one.</summary>
internal sealed class PropertyException(string message) : Exception(message);
