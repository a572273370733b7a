namespace Harness.Kernels.Git;

/// <summary>What came of a build. A failure is data: a bisection steps around a commit that does not build.</summary>
public abstract record BuildResult
{
    private BuildResult()
    {
    }

    /// <param name="Image">The kernel's file.</param>
    /// <param name="Sha256">Of that file, lower-case hex.</param>
    /// <param name="Duration">Of all calls of make.</param>
    public sealed record Built(string Image, string Sha256, TimeSpan Duration) : BuildResult
    {
        /// <summary><c>null</c> when ccache had no part in it.</summary>
        public CompilerCacheUse? CompilerCache { get; init; }
    }

    /// <summary>The commit does not build.</summary>
    /// <param name="Reason">In one line.</param>
    /// <param name="Duration">Of all calls of make.</param>
    public sealed record Failed(string Reason, TimeSpan Duration) : BuildResult
    {
        /// <summary>No compiler had a part in it, so that none does better.</summary>
        public bool BeforeCompilers { get; init; }

        /// <summary>
        /// Make gave up over something else than a line of the commit's files, such as a header that another commit had
        /// and that a list of dependencies, left by its build, still names. Where there were objects of earlier builds,
        /// the commit may build from nothing.
        /// </summary>
        public bool MayBeOfEarlierObjects { get; init; }
    }

    /// <summary>This machine could not build it, so that nothing is known of the commit.</summary>
    /// <param name="Reason">In one line.</param>
    public sealed record Aborted(string Reason) : BuildResult;
}
