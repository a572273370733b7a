namespace Harness.Site;

/// <summary>How long a file of a run stays on the site when room gets short: what comes last goes first.</summary>
internal enum FileRank
{
    /// <summary>Always: the pages that people read.</summary>
    Page,

    /// <summary>The results, from which all reports can be made again.</summary>
    Results,

    /// <summary>What kernels wrote to their consoles.</summary>
    Console,

    /// <summary>What the prober reported: the evidence behind each verdict.</summary>
    Evidence,

    /// <summary>A report for a continuous-integration system.</summary>
    JUnit,

    /// <summary>All kernels' reports as one.</summary>
    Ktap,

    /// <summary>A report for a database of many kernels' tests.</summary>
    Kcidb,
}
