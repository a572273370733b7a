using System.Formats.Tar;
using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Processes;

namespace Harness.Kernels.Packages;

/// <summary>Takes the kernel image, and what belongs to it, out of a package: a .deb, an .rpm or a tar.</summary>
public static partial class PackageContent
{
    /// <summary>In bytes. The largest of Debian's, with all modules, unpack to 1.5 GB.</summary>
    private const long LargestPackage = 16L << 30;

    /// <summary>In bytes. The largest of Debian's has 0.1 GB.</summary>
    private const long LargestImage = 1L << 30;

    /// <summary>
    /// Writes the image to a file. The package unpacks to ten times its size, modules and all, so it is read as a
    /// stream, and only as far as the image. Nothing else of it is written, wherever its names lead.
    /// </summary>
    /// <param name="largest">What is read of it, unpacked, in bytes.</param>
    /// <param name="configuration">
    /// Gets the kernel's options, where they stand before the image, as in packages up to 6.18; <c>null</c> leaves
    /// them out.
    /// </param>
    /// <returns>The image's path in the package, or why there is none.</returns>
    /// <exception cref="CommandException">What unpacks such packages is not installed.</exception>
    /// <exception cref="IOException">The image cannot be written.</exception>
    public static async Task<(string? PathInPackage, string? Problem)> ExtractImageAsync(
        string package, string destination, CancellationToken cancellation, long largest = LargestPackage,
        string? configuration = null)
    {
        var ((found, problem), result) = await Unpacker.Of(package)
            .ReadOutputAsync(
                tar => CopyImageAsync(tar, destination, largest, configuration, cancellation), cancellation)
            .ConfigureAwait(false);
        return found is not null ? (found, null)
            : result.IsSuccess ? (null, problem ?? "there is no kernel image in the package")
            : (null, problem ?? result.Describe());
    }

    /// <summary>
    /// Writes the files to which the caller gives a place, in one pass over all of the package. What lies in a place is
    /// replaced when the new file is whole.
    /// </summary>
    /// <param name="placeOf">
    /// Given a file's path in the package, where it goes; <c>null</c> leaves it out. Nothing else of the package is
    /// written, wherever its names lead.
    /// </param>
    /// <exception cref="CommandException">What unpacks such packages is not installed.</exception>
    /// <exception cref="IOException">A file cannot be written, or the package cannot be read.</exception>
    public static async Task ExtractAsync(
        string package, Func<string, string?> placeOf, CancellationToken cancellation)
    {
        var (problem, result) = await Unpacker.Of(package)
            .ReadOutputAsync(tar => CopyAsync(tar, placeOf, cancellation), cancellation).ConfigureAwait(false);
        if (problem is not null || !result.IsSuccess)
        {
            throw new IOException($"{package} cannot be unpacked: {problem ?? result.Describe()}");
        }
    }

    internal static async Task<string?> CopyAsync(
        Stream tar, Func<string, string?> placeOf, CancellationToken cancellation)
    {
        await using var bounded = new BoundedStream(tar, LargestPackage);
        await using var names = new TarNames(bounded);
        await using var reader = new TarReader(names, leaveOpen: true);
        try
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                    && entry.DataStream is not null && entry.Length <= LargestImage
                    && placeOf(entry.Name.TrimStart('.', '/')) is { } place)
                {
                    // Another process may read it there meanwhile, and a kill must not leave a part of it.
                    await Files.ReplaceAsync(place, file => CopyWholeAsync(entry, file, cancellation))
                        .ConfigureAwait(false);
                }
            }
            // A tar may be filled up behind its end, and unpackers fail when nobody reads that.
            await bounded.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (IsOfTar(e))
        {
            return e.Message;
        }
    }

    internal static async Task<(string? Path, string? Problem)> CopyImageAsync(
        Stream tar, string destination, long largest, string? configuration, CancellationToken cancellation)
    {
        await using var bounded = new BoundedStream(tar, largest);
        await using var names = new TarNames(bounded);
        await using var reader = new TarReader(names, leaveOpen: true);
        try
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
            {
                var path = entry.Name.TrimStart('.', '/');
                var isImage = IsImage(path);
                var place = isImage ? destination : IsConfiguration(path) ? configuration : null;
                if (place is null || entry.DataStream is null
                    || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                {
                    continue;
                }
                if (entry.Length > LargestImage)
                {
                    return (null, string.Create(CultureInfo.InvariantCulture,
                        $"{path} has {entry.Length} bytes, and at most {LargestImage} are taken"));
                }
                await Files.ReplaceAsync(place, file => CopyWholeAsync(entry, file, cancellation))
                    .ConfigureAwait(false);
                if (isImage)
                {
                    return (path, null);
                }
            }
        }
        catch (Exception e) when (IsOfTar(e))
        {
            // Where it is no tar at all, the unpacker says why in its own words.
            return (null, bounded.Position > largest ? e.Message : null);
        }
        return (null, null);
    }

    /// <summary>TarReader takes a file that is cut off for one that ends there.</summary>
    private static async Task CopyWholeAsync(TarEntry entry, Stream file, CancellationToken cancellation)
    {
        await entry.DataStream!.CopyToAsync(file, cancellation).ConfigureAwait(false);
        if (file.Position != entry.Length)
        {
            throw new EndOfStreamException($"{entry.Name} is cut off");
        }
    }

    /// <summary>
    /// What TarReader throws over damaged text: numbers that are none, too large, or lead out of the stream.
    /// </summary>
    private static bool IsOfTar(Exception e) => e is InvalidDataException or EndOfStreamException or OverflowException
        or FormatException or ArgumentException or InvalidOperationException or NotSupportedException;

    /// <summary>Whether a path in the package is that of a kernel image.</summary>
    internal static bool IsImage(string path) => ImagePath().IsMatch(path);

    /// <summary>
    /// Whether a path is that of the options of the kernel with an image: beside it, and named alike.
    /// </summary>
    internal static bool IsConfigurationOf(string path, string image)
    {
        var directory = Path.GetDirectoryName(image)!;
        var dash = Path.GetFileName(image).IndexOf('-', StringComparison.Ordinal);
        return path == $"{directory}/config{(dash < 0 ? "" : Path.GetFileName(image)[dash..])}";
    }

    /// <summary>Whether a path in the package is that of the kernel's options.</summary>
    internal static bool IsConfiguration(string path) => ConfigurationPath().IsMatch(path);

    [GeneratedRegex(@"^(data/kernels/[^/]+/)?(boot/config(-[^/]+)?|(usr/)?lib/modules/[^/]+/config)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ConfigurationPath();

    // Debian's until 7.1 in /boot, since then beside the modules, as Fedora's; vmlinux on architectures whose images
    // are not compressed. Images of containers have several kernels in /data/kernels, or one without a version in
    // /boot.
    [GeneratedRegex(@"^(data/kernels/[^/]+/)?(boot/(vmlinu[xz]|Image)(-[^/]+)?|(usr/)?lib/modules/[^/]+/vmlinu[xz])"
            + @"(?<!\.(xz|gz|zst|hmac))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ImagePath();
}
