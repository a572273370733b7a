namespace Harness.Kernels;

/// <summary>What a build that goes on is at. It is told again every few seconds while nothing changes.</summary>
public abstract record BuildProgress
{
    private BuildProgress()
    {
    }

    /// <summary>Another build uses the same files; this one begins when that one ends.</summary>
    public sealed record Waiting : BuildProgress;

    /// <param name="Done">Object files that were made.</param>
    /// <param name="Expected">How many there may be in all; <c>null</c> where nothing tells.</param>
    public sealed record Compiling(int Done, int? Expected) : BuildProgress;
}
