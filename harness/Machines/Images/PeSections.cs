using System.Globalization;
using System.Reflection.PortableExecutable;

namespace Harness.Machines.Images;

/// <summary>What the headers of an EFI program say of its length; kernels that firmware can start have them.</summary>
internal static class PeSections
{
    /// <summary>Why a kernel is not whole, as the rest of a sentence; <c>null</c> when it may be.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? Problem(Stream image)
    {
        if (EndOf(image) is not { } declared || image.Length >= declared)
        {
            return null;
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"is cut short: it has {image.Length} bytes of the {declared} that its header declares");
    }

    /// <summary>Where the last section ends; <c>null</c> where there are no such headers.</summary>
    private static long? EndOf(Stream image)
    {
        try
        {
            image.Position = 0;
            var headers = new PEHeaders(image);
            return headers.SectionHeaders.Max(section => section.PointerToRawData + (long)section.SizeOfRawData);
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            return null; // A kernel without CONFIG_EFI has none, and declares nothing.
        }
    }
}
