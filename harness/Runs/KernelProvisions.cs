using System.Globalization;
using System.Text;
using Harness.Kernels;
using Harness.Kernels.Modules;
using Harness.Probes;
using Harness.Processes;

namespace Harness.Runs;

/// <summary>What a guest gets of one kernel's own files: modules, and its configuration.</summary>
/// <param name="Files">Of the guest; <see cref="KernelWishes"/> has their names.</param>
/// <param name="Failure">Why they could not be had, for a reason on this side; <c>null</c> where nothing failed.
/// </param>
internal sealed record KernelProvisions(IReadOnlyList<GuestFile> Files, string? Failure)
{
    public static async Task<KernelProvisions> OfAsync(
        Kernel kernel, KernelWishes wishes, CancellationToken cancellation)
    {
        if (wishes.IsEmpty)
        {
            return new KernelProvisions([], null);
        }
        try
        {
            var files = await kernel.Source.FilesAsync([.. wishes.Modules, .. wishes.Likely], cancellation)
                .ConfigureAwait(false);
            if (files.Failure is { } failure)
            {
                return Failed(failure);
            }
            var modules = await ModuleSet.OfAsync(files, wishes.Modules, cancellation).ConfigureAwait(false);
            return modules.Problem is { } problem ? Failed(problem)
                : new KernelProvisions([.. Modules(modules, files), .. Configuration(wishes, files)], null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException)
        {
            return Failed(e.Message);
        }
    }

    private static IEnumerable<GuestFile> Modules(ModuleSet modules, KernelFiles files) =>
    [
        .. modules.Loaded.Select((module, i) => new GuestFile(
            string.Create(CultureInfo.InvariantCulture, $"/modules/{i:00}-{module.Name}.ko"), module.Content)),
        .. Missing(modules.Missing, files) is { } missing ? [missing] : Array.Empty<GuestFile>(),
    ];

    private static IEnumerable<GuestFile> Configuration(KernelWishes wishes, KernelFiles files) =>
        wishes.Configuration && files.Configuration is { } path
            ? [new GuestFile("/kernel-config", Harness.Files.ReadBytes(path))] : [];

    /// <summary>Whether the kernel can do without, it says itself: only where it refuses, this is the reason.</summary>
    private static GuestFile? Missing(IReadOnlyList<string> names, KernelFiles files) => names.Count == 0 ? null
        : !files.KnowsModules ? Sentence("/modules.unknown", $"no modules are in {files.Origin}")
        : Sentence("/modules.missing", $"{(names.Count == 1 ? "module" : "modules")} {string.Join(", ", names)} "
            + $"{(names.Count == 1 ? "is" : "are")} neither built in nor in {files.Origin}");

    private static GuestFile Sentence(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static KernelProvisions Failed(string why) =>
        new([], $"the kernel's modules and configuration cannot be had: {why}");
}
