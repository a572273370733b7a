using Harness.Matrix;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class ComplaintEvaluatorTests
{
    private static readonly KernelExpectations _expectations =
        new([Expect.Complaint("WARNING: * at x")], "debian", KernelVersion.Parse("6.1.5"), null);

    [TestCase("WARNING: CPU: 0 at x", true)]
    [TestCase("WARNING: CPU: 0 at y", false)]
    public void A_complaint_is_as_expected_where_an_entry_foresees_its_text(string text, bool foreseen)
    {
        var complaint = Evaluate(ComplaintKind.Warning, text, emulated: true);
        Assert.That((complaint.AsExpected, complaint.Cause), Is.EqualTo((foreseen, foreseen ? "a known bug" : null)));
    }

    /// <summary>A busy host is enough for those; a case that makes the kernel stall runs out of its own time.</summary>
    [TestCase(ComplaintKind.RcuStall, true, true)]
    [TestCase(ComplaintKind.Lockup, true, true)]
    [TestCase(ComplaintKind.HungTask, true, true)]
    [TestCase(ComplaintKind.RcuStall, false, false)]
    [TestCase(ComplaintKind.Kasan, true, false)]
    [TestCase(ComplaintKind.Unread, true, false)]
    public void Only_under_emulation_a_complaint_about_time_says_nothing(
        ComplaintKind kind, bool emulated, bool asExpected) =>
        Assert.That(Evaluate(kind, "said", emulated).AsExpected, Is.EqualTo(asExpected));

    private static Complaint Evaluate(ComplaintKind kind, string text, bool emulated) =>
        ComplaintEvaluator.Evaluate(new Complaint(kind, text, 1, null), _expectations, emulated);
}
