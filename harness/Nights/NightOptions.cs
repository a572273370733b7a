namespace Harness.Nights;

/// <summary>What one night runs and where its results go. All paths are absolute.</summary>
/// <param name="Kernels">The matrix file.</param>
/// <param name="Results">The directory of the run directories.</param>
/// <param name="Site">The directory of the static site.</param>
/// <param name="Keep">How many complete nights of this matrix stay; at least 1.</param>
/// <param name="NotifyCommand">A shell command that gets the summary on standard input; <c>null</c> for none.</param>
/// <param name="RunOptions">Further options of <c>harness run</c>, as they stand on its command line.</param>
public sealed record NightOptions(
    string Kernels, string Results, string Site, int Keep, string? NotifyCommand, IReadOnlyList<string> RunOptions)
{
    /// <summary>The matrix file's name, by which publishing and pruning find the nights.</summary>
    public string Matrix => Path.GetFileName(Kernels);

    /// <summary>
    /// Kernels may be restored from snapshots; else each is booted from its first instruction, as long as
    /// <see cref="RunOptions"/> does not say <c>--warm</c>.
    /// </summary>
    public bool Warm { get; init; }

    /// <summary>Where the site is served: kcidb.json links to its consoles. <c>null</c> where nobody says.</summary>
    public Uri? SiteAddress { get; init; }

    /// <summary>How large the site may be, in MB.</summary>
    public required int MostMegabytes { get; init; }

    /// <summary>
    /// Measures all kernels anew, also those that are known; so does the first night of a month.
    /// </summary>
    public bool AllAnew { get; init; }

    /// <summary>How long the notify command may take once a signal has come.</summary>
    public TimeSpan LongestFarewell { get; init; } = TimeSpan.FromMinutes(1);
}
