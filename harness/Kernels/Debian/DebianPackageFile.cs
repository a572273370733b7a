using System.Formats.Tar;
using System.Text.RegularExpressions;
using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Debian;

/// <summary>Takes the kernel image out of a <c>.deb</c>.</summary>
public static partial class DebianPackageFile
{
    /// <summary>
    /// Writes the image to a file. The package unpacks to ten times its size, modules and all, so it is read as a
    /// stream, and only as far as the image.
    /// </summary>
    /// <returns>The image's path in the package, or why there is none.</returns>
    /// <exception cref="CommandException">dpkg-deb is not installed.</exception>
    /// <exception cref="IOException">The image cannot be written.</exception>
    public static async Task<(string? PathInPackage, string? Problem)> ExtractImageAsync(
        string package, string destination, CancellationToken cancellation)
    {
        var (found, result) = await new Command("dpkg-deb").WithArguments(["--fsys-tarfile", package])
            .ReadOutputAsync(tar => CopyImageAsync(tar, destination, cancellation), cancellation).ConfigureAwait(false);
        return found is not null ? (found, null)
            : result.IsSuccess ? (null, "there is no kernel image in the package")
            : (null, result.Describe());
    }

    internal static async Task<string?> CopyImageAsync(Stream tar, string destination, CancellationToken cancellation)
    {
        await using var reader = new TarReader(tar, leaveOpen: true);
        try
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
            {
                var path = entry.Name.TrimStart('.', '/');
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                    && entry.DataStream is not null && ImagePath().IsMatch(path))
                {
                    await using var file = new FileStream(destination, FileMode.Create, FileAccess.Write);
                    await entry.DataStream.CopyToAsync(file, cancellation).ConfigureAwait(false);
                    return path;
                }
            }
        }
        catch (Exception e) when (IsOfTar(e))
        {
            // Not a tar: dpkg-deb says why in its own words.
        }
        return null;
    }

    /// <summary>
    /// What TarReader throws over damaged text: numbers that are none, too large, or lead out of the stream.
    /// </summary>
    private static bool IsOfTar(Exception e) => e is InvalidDataException or EndOfStreamException or OverflowException
        or FormatException or ArgumentException or InvalidOperationException or NotSupportedException;

    // Until 7.1 in /boot, since then beside the modules; vmlinux on architectures whose images are not compressed.
    [GeneratedRegex(@"^(boot/vmlinu[xz]-[^/]+|(usr/)?lib/modules/[^/]+/vmlinu[xz])\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ImagePath();
}
