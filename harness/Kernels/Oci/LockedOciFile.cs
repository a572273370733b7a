namespace Harness.Kernels.Oci;

/// <summary>The text of a locked kernel in an image of containers.</summary>
public sealed class LockedOciFile
{
    public string? Image { get; set; }

    /// <summary><c>sha256:…</c>.</summary>
    public string? Digest { get; set; }

    public string? Path { get; set; }

    /// <summary>Relative to the lock.</summary>
    public string? Policy { get; set; }
}
