using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

public sealed class ComplaintDiffTests
{
    private static readonly Complaint _warning = new(
        ComplaintKind.Warning, "WARNING: CPU: 0 PID: 64 at kernel/bpf/syscall.c:401 bpf_map_put+0x1c/0x30", 3, null);

    [Test]
    public void A_new_complaint_is_a_change_and_is_named()
    {
        var changes = Diff([], [_warning]);
        var change = changes.Complaints.Single();
        Assert.That((changes.Changed, change.Change, change.Text, change.Kernels.Single()), Is.EqualTo(
            (true, ComplaintChangeKind.New, _warning.Text, "debian-6.1.5-1-cloud-amd64")));
        var (title, lines) = new ChangeStory(changes, Run([_warning])).Complaints().Single();
        Assert.That((title, lines.Single()), Is.EqualTo(("New complaints of kernels", $"6.1.5: {_warning.Text}")));
    }

    [Test]
    public void A_complaint_that_is_gone_is_a_change() =>
        Assert.That(Diff([_warning], []).Complaints.Single().Change, Is.EqualTo(ComplaintChangeKind.Gone));

    [Test]
    public void A_kernel_that_was_not_asked_to_the_end_may_still_complain() =>
        Assert.That(Diff([_warning], [], KernelStatus.Crashed).Complaints, Is.Empty);

    [Test]
    public void Numbers_and_addresses_are_no_change()
    {
        var again = _warning with { Text = _warning.Text.Replace("64", "71", StringComparison.Ordinal), Line = 9 };
        Assert.That(Diff([_warning], [again]).Changed, Is.False);
    }

    [Test]
    public void What_only_a_busy_host_caused_is_no_change()
    {
        var stall = new Complaint(ComplaintKind.RcuStall, "rcu: INFO: a stall", 3, null);
        Assert.That(Diff([], [stall with { AsExpected = true }]).Changed, Is.False);
        Assert.That(Diff([], [stall]).Changed);
    }

    [Test]
    public void A_change_of_complaints_alone_ends_a_run_as_changed()
    {
        var foreseen = _warning with { AsExpected = true };
        var run = Run([foreseen]) with { Baseline = Diff([], [foreseen]) };
        Assert.That(RunEndings.Of(run), Is.EqualTo(RunEnding.Changed));
    }

    private static RunChanges Diff(
        IReadOnlyList<Complaint> before, IReadOnlyList<Complaint> after, KernelStatus status = KernelStatus.Tested) =>
        RunDiff.Of(Run(before), Run(after, status), Samples.PlaceOf, Samples.Probes);

    private static RunDocument Run(
        IReadOnlyList<Complaint> complaints, KernelStatus status = KernelStatus.Tested) =>
        Samples.Analyse(Samples.Run(), [Samples.Kernel("6.1.5", Samples.Case("raw.a")) with
        {
            Complaints = complaints,
            Status = status,
            AsExpected = complaints.All(c => c.AsExpected),
        }]);
}
