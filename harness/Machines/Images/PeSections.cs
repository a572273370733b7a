using System.Globalization;
using System.Reflection.PortableExecutable;

namespace Harness.Machines.Images;

/// <summary>
/// What the headers of an EFI program say of its machine and length; kernels that firmware can start have them.
/// </summary>
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

    /// <summary>The number of its machine; <c>null</c> where there are no such headers.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ushort? MachineOf(Stream image) => Read(image, headers => (ushort)headers.CoffHeader.Machine);

    /// <summary>Where the last section ends; <c>null</c> where there are no such headers.</summary>
    private static long? EndOf(Stream image) => Read(image, headers =>
        headers.SectionHeaders.Max(section => section.PointerToRawData + (long)section.SizeOfRawData));

    private static T? Read<T>(Stream image, Func<PEHeaders, T> read)
        where T : struct
    {
        try
        {
            image.Position = 0;
            return read(new PEHeaders(image));
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            return null; // A kernel without CONFIG_EFI has none, and declares nothing.
        }
    }
}
