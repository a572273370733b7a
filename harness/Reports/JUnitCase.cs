namespace Harness.Reports;

/// <summary>A <c>testcase</c> element.</summary>
/// <param name="Package">What stands before the last dot of its class.</param>
/// <param name="Type">The status by which a reader may filter failures and errors.</param>
/// <param name="Message">Why it did not pass; not read of a case that passed.</param>
/// <param name="Details">Further sentences: the cause, a workaround.</param>
/// <param name="Output">Lines of a console, or the evidence of a case.</param>
internal sealed record JUnitCase(
    string Package,
    string Name,
    TestOutcome Outcome,
    string Type = "",
    string Message = "",
    string Details = "",
    string? Output = null);
