namespace Harness.Reports;

/// <summary>What a report for CI systems says of a case. JUnit and KTAP have no further outcome.</summary>
internal enum TestOutcome
{
    Passed,
    Skipped,
    Failure,
    Error,
}
