using Harness.Matrix;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Matrix;

public sealed class KernelExpectationsTests
{
    private static readonly Expectation[] _entries =
    [
        Expect.Case("raw.*.max_entries", CaseStatus.Pass),
        Expect.Case("raw.*", CaseStatus.Fail, versions: "6.1", step: "update", errno: "EINVAL"),
        Expect.Case("raw.*", CaseStatus.Skip, kernels: "mine-*"),
        Expect.Kernel(KernelStatus.Crashed, versions: "<6.0"),
        Expect.Complaint("WARNING: * at x", versions: "<6.0"),
    ];

    [TestCase("debian", "6.1.5", "raw.a.none", CaseStatus.Fail)]
    [TestCase("debian", "6.1.5", "raw.a.max_entries", CaseStatus.Pass)]
    [TestCase("mine-1", "6.1.5", "raw.a.none", CaseStatus.Fail)]
    [TestCase("mine-1", "6.2", "raw.a.none", CaseStatus.Skip)]
    [TestCase("mine-1", null, "raw.a.none", CaseStatus.Skip)]
    public void The_first_entry_that_concerns_kernel_and_case_counts(string kernel, string? version, string id,
        CaseStatus status) =>
        Assert.That(Of(kernel, version).For(id)?.Status, Is.EqualTo(status));

    [TestCase("debian", "6.2", "raw.a.none")]
    [TestCase("debian", null, "raw.a.none")]
    [TestCase("debian", "6.1", "libbpf.a.none")]
    public void Where_none_does_nothing_is_foreseen(string kernel, string? version, string id) =>
        Assert.That(Of(kernel, version).For(id), Is.Null);

    [Test]
    public void A_status_of_the_kernel_is_foreseen_by_its_own_entries()
    {
        Assert.That(Of("debian", "5.10").Foresees(KernelStatus.Crashed));
        Assert.That(Of("debian", "6.1").Foresees(KernelStatus.Crashed), Is.False);
        Assert.That(Of("debian", "5.10").Foresees(KernelStatus.BootFailed), Is.False);
    }

    [TestCase("5.10", "WARNING: CPU: 0 at x", true)]
    [TestCase("5.10", "WARNING: CPU: 0 at y", false)]
    [TestCase("6.1", "WARNING: CPU: 0 at x", false)]
    public void A_complaint_is_foreseen_by_its_text_on_the_versions_named(string version, string text, bool foreseen) =>
        Assert.That(Of("debian", version).For(new Complaint(ComplaintKind.Warning, text, 1, null)),
            foreseen ? Is.Not.Null : Is.Null);

    [TestCase(CaseStatus.Fail, "update", "EINVAL", true)]
    [TestCase(CaseStatus.Fail, "outer", "EINVAL", false)]
    [TestCase(CaseStatus.Fail, "update", "EPERM", false)]
    [TestCase(CaseStatus.Fail, null, null, false)]
    [TestCase(CaseStatus.Pass, "update", "EINVAL", false)]
    public void Step_and_errno_must_be_as_foreseen(CaseStatus status, string? step, string? errno, bool met) =>
        Assert.That(_entries[1].IsMetBy(status, step, errno), Is.EqualTo(met));

    [TestCase("update", "EINVAL")]
    [TestCase(null, null)]
    public void An_entry_without_step_and_errno_takes_any(string? step, string? errno) =>
        Assert.That(_entries[2].IsMetBy(CaseStatus.Skip, step, errno));

    private static KernelExpectations Of(string kernel, string? version) =>
        new(_entries, kernel, KernelVersion.TryParse(version));
}
