namespace Harness.Kernels.Debian;

/// <summary>Where a locked package lies in the archive.</summary>
public sealed class LockedPlaceFile
{
    public string? Suite { get; set; }

    public ArchiveBase? Base { get; set; }

    public string? Filename { get; set; }
}
