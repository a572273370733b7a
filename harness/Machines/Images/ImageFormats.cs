using System.Text.RegularExpressions;

namespace Harness.Machines.Images;

/// <summary>The kinds of files that a machine boots.</summary>
public sealed partial class ImageFormats(params IReadOnlyList<ImageFormat> formats)
{
    /// <summary>How many bytes of a file tell its format; no kernel is shorter.</summary>
    public const int HeadLength = 0x210;

    /// <summary>Why a file is no bootable image, in one line; <c>null</c> when it is one.</summary>
    public string? Problem(string path)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        int length;
        try
        {
            using var file = File.OpenRead(path);
            length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? $"no such file: {path}"
                : Directory.Exists(path) ? $"{path} is a directory"
                : e.Message;
        }
        if (length < head.Length)
        {
            return $"{path} is no kernel image: it has only {length} bytes";
        }
        return Find(head) is not null ? null : $"{path} is no kernel image: {Denial()}";
    }

    /// <summary>
    /// The upstream version that an image names. Debian's kernels name theirs behind an ABI number
    /// (<c>6.1.0-56-cloud-amd64 … Debian 6.1.192-2</c>).
    /// </summary>
    /// <returns><c>null</c> when the file does not say, or cannot be read.</returns>
    public KernelVersion? Version(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (FormatOf(file)?.Banner(file) is not { } banner)
            {
                return null;
            }
            var debian = DebianVersion().Match(banner);
            return KernelVersion.TryParse(debian.Success ? debian.Groups[1].Value : banner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // The kernel's row will say why.
        }
    }

    /// <summary>The format of an image; <c>null</c> when it is none of these.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ImageFormat? FormatOf(Stream image)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        image.Position = 0;
        return image.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length ? null : Find(head);
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
