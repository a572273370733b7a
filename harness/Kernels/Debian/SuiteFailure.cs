namespace Harness.Kernels.Debian;

/// <summary>The row that stands for the kernels of a suite that could not be read.</summary>
internal static class SuiteFailure
{
    private const string Forged = "BAD SIGNATURE: do not trust this mirror: ";

    /// <param name="note">Says what failed.</param>
    /// <param name="architecture">Debian's name of it: <c>amd64</c>.</param>
    public static Kernel ToKernel(ArchiveNote note, string architecture)
    {
        var id = string.Concat(
            $"debian-suite-{note.Suite}-{architecture}".Select(c => KernelIds.Problem($"a{c}") is null ? c : '_'));
        var reason = $"{(note.IsForged ? Forged : "")}suite {note.Suite} cannot be read: {note.Failure}";
        var machine = DebianArchitecture.OfFlavour(architecture)?.Machine ?? architecture;
        return new Kernel(
            id, null, machine, $"debian {note.Suite}, all its kernels",
            new FailedImageSource(reason, DebianKernel.Prefix, note.Retries));
    }
}
