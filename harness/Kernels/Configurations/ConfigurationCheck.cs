using Harness.Kernels.Packages;
using Harness.Machines;

namespace Harness.Kernels.Configurations;

/// <summary>Tells before a boot that a kernel cannot be asked anything, where its configuration can be found.</summary>
public static class ConfigurationCheck
{
    /// <param name="image">The image, with the kernel unpacked from it where it is.</param>
    /// <param name="needs">Options that must be built in.</param>
    /// <returns>What is missing, in words; <c>null</c> for nothing, and where there is no configuration.</returns>
    public static async Task<string?> ProblemAsync(
        Kernel kernel, BootImage image, IEnumerable<KernelNeed> needs, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(kernel, image, cancellation).ConfigureAwait(false) is { } configuration
                && needs.FirstOrDefault(need => !configuration.HasBuiltIn(need.Option)) is { } missing
                ? $"it is built without {missing.Option} ({configuration.Place}): without that, {missing.Reason}"
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // The boot shows what the kernel has.
        }
    }

    private static async Task<KernelConfiguration?> FindAsync(
        Kernel kernel, BootImage image, CancellationToken cancellation)
    {
        var beside = image.Beside(PackagedFiles.ConfigurationName);
        if (File.Exists(beside)
            && KernelConfiguration.Read(Files.ReadText(beside), "the package's config", kernel.Version) is { } packaged)
        {
            return packaged;
        }
        if (kernel.Source.IsLocal
            && (await kernel.Source.FilesAsync([], cancellation).ConfigureAwait(false)).Configuration is { } path
            && KernelConfiguration.Read(Files.ReadText(path), path, kernel.Version) is { } local)
        {
            return local;
        }
        // A package has it beside the image, and looking through a whole kernel would cost each boot some time.
        return kernel.Source is not PackagedImage
            && await EmbeddedConfiguration.ReadAsync(image.Vmlinux ?? image.Path, cancellation).ConfigureAwait(false)
            is { } text ? KernelConfiguration.Read(text, "the configuration in its image", kernel.Version) : null;
    }
}
