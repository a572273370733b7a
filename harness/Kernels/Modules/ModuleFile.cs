using System.Text;
using CliWrap;
using Harness.Machines.Images;
using Harness.Processes;

namespace Harness.Kernels.Modules;

/// <summary>A kernel module, as an ELF object that a kernel takes.</summary>
/// <param name="Needs">The names of the modules that it needs loaded.</param>
public sealed record ModuleFile(byte[] Content, IReadOnlyList<string> Needs)
{
    /// <summary>In bytes, unpacked. The largest of Debian's, amdgpu, has 30 MB.</summary>
    private const long Largest = 64L << 20;

    private const string InfoSection = ".modinfo";
    private const string Dependencies = "depends=";

    /// <summary>Reads a module, and unpacks it where it is compressed.</summary>
    /// <returns>The module; or what is wrong with its file, as the rest of a sentence.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="CommandException">The program that unpacks it is not installed.</exception>
    public static async Task<(ModuleFile? Module, string? Problem)> ReadAsync(
        string path, CancellationToken cancellation)
    {
        await using var file = Files.OpenRegular(path);
        if (file.Length > Largest)
        {
            return (null, "is larger than any module");
        }
        var content = new byte[file.Length];
        await file.ReadExactlyAsync(content, cancellation).ConfigureAwait(false);
        if (content.Length >= Compression.MagicLength && Compression.Find(content) is { } compression)
        {
            if (await UnpackAsync(content, compression, cancellation).ConfigureAwait(false) is not { } unpacked)
            {
                return (null, "cannot be unpacked");
            }
            content = unpacked;
        }
        return NeedsOf(content) is { } needs
            ? (new ModuleFile(content, needs), null) : (null, "is no kernel module, or is damaged");
    }

    /// <summary>The modules that one names in its section <c>.modinfo</c>; <c>null</c> when it is no module.</summary>
    internal static IReadOnlyList<string>? NeedsOf(byte[] content)
    {
        // Numbers of a damaged file lead anywhere, and each is held against the file.
        if (!content.AsSpan().StartsWith("\u007fELF"u8)
            || ElfSections.Read(content).Sections.FirstOrDefault(IsInfo) is not { Name: not null } section)
        {
            return null;
        }
        return
        [
            .. Encoding.UTF8.GetString(content, (int)section.Offset, (int)section.Size).Split('\0')
                .Where(word => word.StartsWith(Dependencies, StringComparison.Ordinal))
                .SelectMany(word => word[Dependencies.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries))
                .Select(KernelFiles.Normal),
        ];

        static bool IsInfo(ElfSection section) => section is { Name: InfoSection, Type: not ElfSection.NoBits };
    }

    private static async Task<byte[]?> UnpackAsync(
        byte[] content, Compression compression, CancellationToken cancellation)
    {
        try
        {
            var (unpacked, result) = await new Command(compression.Command[0])
                .WithArguments(compression.Command.Skip(1))
                .WithStandardInputWriter(input => input.WriteAsync(content, cancellation).AsTask())
                .ReadOutputAsync(ReadAllAsync, cancellation).ConfigureAwait(false);
            return result.IsSuccess ? unpacked : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<byte[]> ReadAllAsync(Stream output)
    {
        await using var bounded = new BoundedStream(output, Largest);
        using var memory = new MemoryStream();
        await bounded.CopyToAsync(memory).ConfigureAwait(false);
        return memory.ToArray();
    }
}
