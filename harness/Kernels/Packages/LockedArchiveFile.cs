namespace Harness.Kernels.Packages;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a locked kernel of an archive that a matrix names.</summary>
public sealed class LockedArchiveFile
{
    public string? Line { get; set; }

    public LockedPackageFile? Image { get; set; }

    public List<LockedPackageFile>? Beside { get; set; }
}
