namespace Harness.Kernels;

/// <summary>What a check of a source came to.</summary>
public enum SourceHealth
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>Kernels can be had, but not all of them.</summary>
    Limited,

    /// <summary>A run with kernels of the source would fail.</summary>
    Broken,
}
