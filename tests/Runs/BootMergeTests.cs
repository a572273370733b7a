using Harness.Ktap;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>One row of a kernel's boots: the worst status, said with the prober that met it.</summary>
public sealed class BootMergeTests
{
    private const string Further = "libbpf-1-5";

    [Test]
    public void All_tested_is_tested() =>
        Assert.That(BootMerge.Classify([Boot("", KernelStatus.Tested), Boot(Further, KernelStatus.Tested)]),
            Is.EqualTo(new Classification(KernelStatus.Tested, null)));

    [Test]
    public void Alone_the_first_prober_needs_no_name() =>
        Assert.That(BootMerge.Classify([Boot("", KernelStatus.Crashed)]).Reason, Is.EqualTo("it did"));

    [Test]
    public void A_reason_names_the_prober()
    {
        var further = BootMerge.Classify([Boot("", KernelStatus.Tested), Boot(Further, KernelStatus.Crashed)]);
        Assert.That(further, Is.EqualTo(new Classification(KernelStatus.Crashed, "with libbpf-1-5: it did")));
        var first = BootMerge.Classify([Boot("", KernelStatus.ProbeTimeout), Boot(Further, KernelStatus.Tested)]);
        Assert.That(first,
            Is.EqualTo(new Classification(KernelStatus.ProbeTimeout, "with the machine's libbpf: it did")));
        Assert.That(BootMerge.Classify([Boot(Further, KernelStatus.BootFailed)]).Reason,
            Does.StartWith("with libbpf-1-5: "), "the only one that has cases to run");
    }

    [Test]
    public void The_worst_counts_whichever_came_first()
    {
        KernelStatus[] order =
        [
            KernelStatus.Tested, KernelStatus.InfraError, KernelStatus.BootTimeout, KernelStatus.BootFailed,
            KernelStatus.ProbeError, KernelStatus.ProbeTimeout, KernelStatus.Crashed,
        ];
        for (var better = 0; better < order.Length; better++)
        {
            for (var worse = better + 1; worse < order.Length; worse++)
            {
                Assert.That(BootMerge.Classify([Boot("", order[better]), Boot(Further, order[worse])]).Status,
                    Is.EqualTo(order[worse]));
                Assert.That(BootMerge.Classify([Boot("", order[worse]), Boot(Further, order[better])]).Status,
                    Is.EqualTo(order[worse]));
            }
        }
    }

    [Test]
    public void Of_equals_the_first_decides() =>
        Assert.That(BootMerge.Decisive([Boot("", KernelStatus.Crashed), Boot(Further, KernelStatus.Crashed)]).Prober,
            Is.Empty);

    [Test]
    public void A_reason_names_the_repeat()
    {
        ProbedBoot[] boots = [Boot("", KernelStatus.Tested), Boot("", KernelStatus.Crashed) with { Repeat = 2 }];
        Assert.That(BootMerge.Classify(boots).Reason, Is.EqualTo("in repeat 2: it did"));
        ProbedBoot[] further = [.. boots, Boot(Further, KernelStatus.Tested) with { Repeat = 2 }];
        Assert.That(BootMerge.Classify(further).Reason, Is.EqualTo("with the machine's libbpf in repeat 2: it did"));
    }

    [TestCase(1, 1, 1)]
    [TestCase(2, 1, 2)]
    [TestCase(1, 2, 2)]
    [TestCase(2, 2, 3)]
    public void Only_a_boot_tried_again_is_another_attempt(int first, int further, int attempts) =>
        Assert.That(
            BootMerge.Attempts([Boot("", KernelStatus.Tested, first), Boot(Further, KernelStatus.Tested, further)]),
            Is.EqualTo(attempts));

    /// <summary>
    /// Each VM has a clock of its own, which its programs share; a case's time is that of its first boot.
    /// </summary>
    [Test]
    public void A_case_begins_so_long_after_the_start_of_the_kernels_first_VM()
    {
        var start = DateTimeOffset.UnixEpoch;
        ProbedBoot[] boots =
        [
            Timed("", start, 1, "raw.a", "us=300+5"),
            Timed(Further, start, 1, "raw.a.libbpf-1-5", "us=2000300+5"),
            Timed("", start.AddSeconds(60), 2, "raw.a", "us=7+5"),
            Timed("", start.AddSeconds(90), 3, "raw.c", "us=7000007+5"),
            Timed("third", start.AddSeconds(90), 3, "raw.b", ""),
        ];
        Assert.That(BootMerge.Cases(boots).Select(c => (c[0].Case.Id, c[0].Start?.TotalSeconds)),
            Is.EqualTo(new (string, double?)[]
            {
                ("raw.a", 2), ("raw.a.libbpf-1-5", 4), ("raw.b", null), ("raw.c", 92),
            }));
    }

    private static ProbedBoot Timed(string prober, DateTimeOffset start, int repeat, string id, string time) =>
        Boot(prober, KernelStatus.Tested) with
        {
            Report = ProbeReport.Read(
                ReportText.Of("0", (id, $"{ReportText.Accepted} {time}")).ToString(), "0"),
            StartedAt = start,
            Booting = TimeSpan.FromSeconds(2),
            Repeat = repeat,
        };

    private static ProbedBoot Boot(string prober, KernelStatus status, int attempts = 1) =>
        new(prober, new Classification(status, status == KernelStatus.Tested ? null : "it did"),
            ProbeReport.Read("", "0"), attempts, null, null)
        {
            Program = prober.Length == 0 ? "the machine's libbpf" : prober,
        };
}
