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

    /// <summary>A version says what upstream's code is, and nothing of a line with changes of its own.</summary>
    [TestCase(null, null, true)]
    [TestCase(null, "debian", true)]
    [TestCase(null, "el9", false)]
    [TestCase("el9", "el9", true)]
    [TestCase("el9", "debian", false)]
    [TestCase("el9", null, false)]
    [TestCase("{debian,el*}", "el9", true)]
    [TestCase("upstream", null, true)]
    [TestCase("upstream", "debian", false)]
    [TestCase("*", "el9", true)]
    [TestCase("*", null, true)]
    public void What_is_expected_by_version_is_about_the_lines_named_else_about_upstream_and_debian(
        string? named, string? line, bool concerned)
    {
        var entry = Expect.Case("raw.*", CaseStatus.Fail, versions: "5.14") with
        {
            Line = named is null ? null : new Glob(named),
        };
        Assert.That(Of(entry, "some-id", line) is not null, Is.EqualTo(concerned));
    }

    [TestCase(null)]
    [TestCase("el9")]
    public void What_is_expected_of_every_version_or_of_named_kernels_is_about_every_line(string? line)
    {
        Assert.That(Of(Expect.Case("raw.*", CaseStatus.Skip), "some-id", line), Is.Not.Null);
        Assert.That(Of(Expect.Case("raw.*", CaseStatus.Skip, versions: "5.14", kernels: "some-*"), "some-id", line),
            Is.Not.Null);
    }

    [Test]
    public void A_status_and_a_complaint_by_version_are_of_a_line_too()
    {
        Expectation[] entries =
            [Expect.Kernel(KernelStatus.Crashed, versions: "5.14"), Expect.Complaint("*", versions: "5.14")];
        var complaint = new Complaint(ComplaintKind.Warning, "WARNING", 1, null);
        var (ours, theirs) = (In("debian"), In("el9"));
        Assert.That((ours.Foresees(KernelStatus.Crashed), theirs.Foresees(KernelStatus.Crashed)),
            Is.EqualTo((true, false)));
        Assert.That((ours.For(complaint) is null, theirs.For(complaint) is null), Is.EqualTo((false, true)));

        KernelExpectations In(string line) => new(entries, "some-id", KernelVersion.Parse("5.14.0"), line);
    }

    private static Expectation? Of(Expectation entry, string kernel, string? line) =>
        new KernelExpectations([entry], kernel, KernelVersion.Parse("5.14.0"), line).For("raw.a.none");

    private static KernelExpectations Of(string kernel, string? version) =>
        new(_entries, kernel, KernelVersion.TryParse(version), null);
}
