namespace Harness.Tests.Kernels.Sources;

/// <summary>The categories of tests that make packages and repositories with the tools of distributions.</summary>
internal static class SourceSuite
{
    /// <summary>All of them: <c>make test-sources</c>.</summary>
    public const string Category = "Sources";

    /// <summary>The few that <c>make test</c> runs, too.</summary>
    public const string InCi = "SourcesInCi";
}
