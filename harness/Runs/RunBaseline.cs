using Harness.Analysis;
using Harness.Probes;
using Harness.Results;

namespace Harness.Runs;

/// <summary>The earlier run that <c>harness run --baseline</c> names.</summary>
internal static class RunBaseline
{
    /// <summary>
    /// The absolute path. A link such as <c>results/latest</c> is followed: once the run has ended, the link points to
    /// that run itself, and a resumed run would be compared with itself.
    /// </summary>
    public static string? Locate(string? path)
    {
        if (path is null)
        {
            return null;
        }
        var full = Files.FullPath(path);
        var (directory, file) = Directory.Exists(full)
            ? (full, "")
            : (Path.GetDirectoryName(full), Path.GetFileName(full));
        return Directory.Exists(directory)
            ? Path.Combine(Directory.ResolveLinkTarget(directory, returnFinalTarget: true)?.FullName ?? directory, file)
            : full;
    }

    /// <summary>The baseline, reduced to the kernels and cases that this run was asked for.</summary>
    /// <param name="placeOf">What a kernel of this id is a point release of; <c>null</c> for any other kernel.</param>
    /// <exception cref="ResultsException">There is no such file, or it is no run's results.</exception>
    public static Baseline? Read(
        RunRequest request, IReadOnlyList<Glob> caseGlobs, Func<string, KernelPlace?> placeOf, ProbeList probes)
    {
        if (request.Baseline is null)
        {
            return null;
        }
        var images = request.Matrix is null
            ? ImageIds.Of(request.Images).Select(k => k.Kernel.Id).ToHashSet(StringComparer.Ordinal)
            : null;
        var only = GlobList.Parse("--only", request.Only);
        return new Baseline(probes.Read(request.Baseline),
            id => images?.Contains(id) ?? only.Choose(id),
            caseGlobs.Choose, placeOf, probes);
    }
}
