using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>A run is held against a baseline as far as it was asked the same.</summary>
public sealed class BaselineTests
{
    private static readonly RunDocument _document = Samples.Document(
        Samples.Kernel("5.10.262", Samples.Case("raw.a"), Samples.Case("raw.b")),
        Samples.Kernel("6.1.192", Samples.Case("raw.a"), Samples.Case("raw.b")));

    [Test]
    public void What_was_not_asked_for_did_not_go()
    {
        var changes =
            new Baseline(_document, id => id.Contains("6.1.", StringComparison.Ordinal), id =>
                id == "raw.a", Samples.PlaceOf, Samples.Probes)
            .Against(Samples.Document(Samples.Kernel("6.1.192", Samples.Case("raw.a"))));
        Assert.That((changes.Changed, changes.ComparedKernels, changes.ComparedVerdicts), Is.EqualTo((false, 1, 1)));
        Assert.That(changes.Notes.Single(),
            Is.EqualTo("of 20260131-235959 1 kernels and 1 cases are left out, which this run was not asked for"));
    }

    [Test]
    public void What_was_asked_for_and_is_not_there_went()
    {
        var changes = new Baseline(_document, _ => true, _ => true, Samples.PlaceOf, Samples.Probes)
            .Against(Samples.Document(Samples.Kernel("6.1.192", Samples.Case("raw.a"))));
        Assert.That(changes.Kernels.Select(k => (k.Change, k.Version)),
            Is.EqualTo(new[] { (KernelChangeKind.Went, "5.10.262") }));
        Assert.That(changes.Cases.Select(c => (c.Change, c.Case)),
            Is.EqualTo(new[] { (CaseChangeKind.Went, "raw.b") }));
        Assert.That(changes.Notes, Is.Empty);
    }

    [Test]
    public void What_a_suite_of_the_baseline_lacked_did_not_come()
    {
        var broken = _document with { Kernels = [Samples.Suite("bookworm"), _document.Kernels[1]] };
        var changes = new Baseline(broken, id => id.Contains("debian-6", StringComparison.Ordinal), _ => true,
            Samples.PlaceOf, Samples.Probes).Against(Samples.Document(_document.Kernels[1], Samples.Kernel("6.1.9")));
        Assert.That(changes.Changed, Is.False);
        Assert.That(changes.Notes.Single(), Does.Contain("debian-suite-bookworm-amd64"), "whatever --only selects");
    }

    [Test]
    public void A_kernel_that_stands_in_for_a_selected_one_is_compared()
    {
        var changes =
            new Baseline(_document, id => id.Contains("6.1.191", StringComparison.Ordinal), _ =>
                true, Samples.PlaceOf, Samples.Probes)
            .Against(
                Samples.Document(
                    Samples.Kernel("6.1.192", Samples.Case("raw.a", CaseStatus.Fail), Samples.Case("raw.b"))));
        Assert.That(changes.Cases.Select(c => (c.Change, c.Case)),
            Is.EqualTo(new[] { (CaseChangeKind.NewFailure, "raw.a") }));
    }
}
