using Harness.Kernels.Archives;

namespace Harness.Kernels.Debian;

/// <summary>The row that stands for the kernels of a suite that could not be read.</summary>
internal static class SuiteFailure
{
    /// <param name="note">Says what failed.</param>
    /// <param name="architecture">Debian's name of it: <c>amd64</c>.</param>
    /// <param name="suffix">Tells the suites of one name apart that lie in several archives.</param>
    public static Kernel ToKernel(ArchiveNote note, string architecture, string suffix = "") =>
        ArchiveFailure.ToKernel(
            KernelLines.Debian, $"debian-suite-{note.Suite}-{architecture}{suffix}",
            DebianArchitecture.OfFlavour(architecture)?.Machine ?? architecture,
            $"debian {note.Suite}, all its kernels",
            $"suite {note.Suite} cannot be read: {note.Failure}", note.IsForged, note.Retries);
}
