namespace Harness.Tests.Faults;

/// <summary>The categories of tests that break something on purpose, and what they share.</summary>
[SetUpFixture]
public sealed class FaultSuite
{
    /// <summary>Faults that cost a boot or more than 2 s of CPU: <c>make test-faults</c>.</summary>
    public const string Category = "Faults";

    /// <summary>Of these, the 15 that matter most: <c>.ci/run</c> has a step for them.</summary>
    public const string InCi = "FaultsInCi";

    [OneTimeTearDown]
    public Task Remove_the_clean_run() => CleanRun.RemoveAsync();
}
