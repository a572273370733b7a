namespace Harness.Kernels.Debian;

/// <summary>Where a locked package lies in the archive.</summary>
public sealed class LockedPlaceFile
{
    public string? Suite { get; set; }

    public ArchiveBase? Base { get; set; }

    public string? Filename { get; set; }

    /// <summary>The archive that the matrix names for it; left out for the one in use.</summary>
    public string? Mirror { get; set; }
}
