using System.Globalization;
using Harness.Kernels;
using Harness.Kernels.Images;

namespace Harness.Runs;

/// <summary>Ids for images given on the command line: their file names, with a number where two are the same.</summary>
internal static class ImageIds
{
    public static IReadOnlyList<PlannedKernel> Of(IReadOnlyList<string> images)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. images.Select(image => new PlannedKernel(LocalImage.ToKernel(Unique(image, taken), image)))];
    }

    private static string Unique(string image, HashSet<string> taken)
    {
        var allowed = Path.GetFileName(image).Select(c => KernelIds.Problem($"x{c}") is null ? c : '_');
        var name = new string([.. allowed]).TrimStart('.', '-');
        name = name.Length == 0 ? "image" : name[..Math.Min(name.Length, 100)];
        return Enumerable.Range(1, int.MaxValue)
            .Select(n => n == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{n}")).First(taken.Add);
    }
}
