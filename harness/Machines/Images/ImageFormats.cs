using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Machines.Images;

/// <summary>The kinds of files that a machine boots.</summary>
public sealed partial class ImageFormats(params IReadOnlyList<ImageFormat> formats)
{
    /// <summary>How many bytes of a file tell its format; no kernel is shorter.</summary>
    public const int HeadLength = 0x210;

    /// <summary>In bytes: a kernel with all its debugging information has a third of that.</summary>
    private const long LargestImage = 4L << 30;

    /// <summary>Why a file is no bootable image, in one line; <c>null</c> when it is one.</summary>
    public string? Problem(string path)
    {
        try
        {
            using var file = Files.OpenRegular(path);
            return ProblemOf(file) is { } problem ? $"{path} {problem}" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? $"no such file: {path}"
                : Directory.Exists(path) ? $"{path} is a directory"
                : e.Message;
        }
    }

    /// <summary>What <c>uname -r</c> says of an image's kernel, as the image names itself.</summary>
    /// <returns><c>null</c> when the file does not say, or cannot be read.</returns>
    public string? Release(string path) => BannerOf(path)?.Split(' ') is [{ Length: > 0 } release, ..] ? release : null;

    /// <summary>
    /// The upstream version that an image names. Debian's kernels name theirs behind an ABI number
    /// (<c>6.1.0-56-cloud-amd64 … Debian 6.1.192-2</c>).
    /// </summary>
    /// <returns><c>null</c> when the file does not say, or cannot be read.</returns>
    public KernelVersion? Version(string path)
    {
        if (BannerOf(path) is not { } banner)
        {
            return null;
        }
        var debian = DebianVersion().Match(banner);
        return KernelVersion.TryParse(debian.Success ? debian.Groups[1].Value : banner);
    }

    /// <summary>The format of an image; <c>null</c> when it is none of these.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ImageFormat? FormatOf(Stream image)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        image.Position = 0;
        return image.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length ? null : Find(head);
    }

    private string? BannerOf(string path)
    {
        try
        {
            using var file = Files.OpenRegular(path);
            return FormatOf(file)?.Banner(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // The kernel's row will say why.
        }
    }

    private string? ProblemOf(FileStream file)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (length < head.Length)
        {
            return $"is no kernel image: it has only {length} bytes";
        }
        if (file.Length > LargestImage)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"is no kernel image: it has {file.Length} bytes, more than any kernel");
        }
        return Find(head) is { } format ? format.Problem(file) : $"is no kernel image: {Denial()}";
    }

    /// <summary><c>neither A nor B</c>, or <c>not A</c>.</summary>
    private string Denial() =>
        (formats.Count > 1 ? "neither " : "not ") + string.Join(" nor ", formats.Select(format => format.Name));

    private ImageFormat? Find(ReadOnlySpan<byte> head)
    {
        foreach (var format in formats)
        {
            if (format.Matches(head))
            {
                return format;
            }
        }
        return null;
    }

    [GeneratedRegex(@" Debian (\d\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex DebianVersion();
}
