namespace Harness.Site;

/// <summary>What the site is made of.</summary>
/// <param name="Runs">The newest first.</param>
/// <param name="Newest">The newest run that came to its end; else the newest one; <c>null</c> without any.</param>
/// <param name="Megabytes">How large the site may be.</param>
internal sealed record SiteContent(
    IReadOnlyList<PublishedRun> Runs, PublishedRun? Newest, IReadOnlyList<PublishedBisection> Bisections,
    SitePlan Plan, int Megabytes);
