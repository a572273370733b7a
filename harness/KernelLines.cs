namespace Harness;

/// <summary>
/// The names of lines. A line is whose kernels some are: a distribution's, with changes of its own behind the upstream
/// version. What is known of one line at a version says nothing of another line at that version.
/// </summary>
public static class KernelLines
{
    /// <summary>The line of kernels of which nobody says another.</summary>
    public const string Upstream = "upstream";

    /// <summary>Debian's: the stable releases of upstream, with few changes of their own.</summary>
    public const string Debian = "debian";

    /// <param name="line"><c>null</c> for a kernel of which nobody says a line.</param>
    public static string NameOf(string? line) => line ?? Upstream;

    /// <summary>Whether the line's kernels behave as upstream's of the same version are known to.</summary>
    /// <param name="line"><c>null</c> for a kernel of which nobody says a line.</param>
    public static bool FollowsUpstream(string? line) => NameOf(line) is Upstream or Debian;
}
