namespace Harness.Results;

/// <summary>What the kinds of complaints have in common.</summary>
public static class ComplaintKinds
{
    /// <summary>
    /// The kernel judges by the clock alone: something did not get on for 20 s or more. A guest whose host does not let
    /// it run looks like that, too.
    /// </summary>
    public static bool IsOfTime(this ComplaintKind kind) =>
        kind is ComplaintKind.RcuStall or ComplaintKind.HungTask or ComplaintKind.Lockup;
}
