namespace Harness.Reports;

/// <summary>What a JUnit report says of a case. The format has no further outcome.</summary>
internal enum JUnitOutcome
{
    Passed,
    Skipped,
    Failure,
    Error,
}
