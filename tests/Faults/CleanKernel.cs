namespace Harness.Tests.Faults;

/// <summary>A real kernel that nothing is wrong with.</summary>
/// <param name="Id">In the matrix and in the results.</param>
/// <param name="Image">Its file in the user's cache: to be read only.</param>
internal sealed record CleanKernel(string Id, string Image);
