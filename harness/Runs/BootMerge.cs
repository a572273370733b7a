using System.Globalization;
using Harness.Results;

namespace Harness.Runs;

/// <summary>Merges the boots of one kernel. Pure.</summary>
public static class BootMerge
{
    /// <summary>
    /// From best to worst. What the kernel did weighs more than what this side did, and more the later it did it.
    /// </summary>
    private static readonly KernelStatus[] _order =
    [
        KernelStatus.Tested, KernelStatus.InfraError, KernelStatus.BootTimeout, KernelStatus.BootFailed,
        KernelStatus.ProbeError, KernelStatus.ProbeTimeout, KernelStatus.Crashed,
    ];

    /// <summary>How much a status weighs where boots of one kernel end differently: more for a worse one.</summary>
    public static int Severity(KernelStatus status) => Array.IndexOf(_order, status);

    /// <summary>
    /// The boot that decides the kernel's status: the worst; of equals, the first in which the kernel complained, else
    /// the first.
    /// </summary>
    public static ProbedBoot Decisive(IReadOnlyList<ProbedBoot> boots) =>
        boots.MaxBy(b => (Severity(b.Classification.Status), b.Complaints.Count > 0))!;

    /// <summary>What the kernel complained of: in the decisive boot, then what is new in the others.</summary>
    public static IReadOnlyList<Complaint> Complaints(IReadOnlyList<ProbedBoot> boots)
    {
        var decisive = Decisive(boots);
        return
        [
            .. boots.Where(b => b == decisive).Concat(boots.Where(b => b != decisive)).SelectMany(b => b.Complaints)
                .DistinctBy(c => (c.Kind, c.Text, c.Case)),
        ];
    }

    /// <summary>The status and the reason, which names the prober and the repeat when there were several.</summary>
    public static Classification Classify(IReadOnlyList<ProbedBoot> boots)
    {
        var decisive = Decisive(boots);
        var which = new List<string>();
        if (decisive.Prober.Length > 0 || boots.Any(b => b.Prober != decisive.Prober))
        {
            which.Add($"with {decisive.Program}");
        }
        if (boots.Any(b => b.Repeat > 1))
        {
            which.Add(string.Create(CultureInfo.InvariantCulture, $"in repeat {decisive.Repeat}"));
        }
        var classification = decisive.Classification;
        return which.Count == 0 || classification.Reason is null
            ? classification
            : classification with { Reason = $"{string.Join(' ', which)}: {classification.Reason}" };
    }

    /// <summary>Every case that any boot reported, by id; each with its reports in the order of repeats.</summary>
    public static IEnumerable<IReadOnlyList<ProbedAttempt>> Cases(IReadOnlyList<ProbedBoot> boots) =>
        boots.GroupBy(b => (b.Repeat, b.StartedAt)).SelectMany(vm => Attempts(vm.ToList(), boots[0].StartedAt))
            .GroupBy(a => a.Case.Id).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.OrderBy(a => a.Repeat).ToList());

    /// <param name="vm">All that was asked in one VM, whose clock the times are of.</param>
    /// <param name="start">When the kernel's first VM was started.</param>
    private static IEnumerable<ProbedAttempt> Attempts(List<ProbedBoot> vm, DateTimeOffset? start)
    {
        // The first case is asked as soon as its program has said its first line, which is where booting ends.
        var first = vm.SelectMany(b => b.Report.Cases).Min(c => c.Time?.Start);
        var reached = vm[0].StartedAt - start + vm[0].Booting;
        return vm.SelectMany(b => b.Report.Cases, (boot, probed) => new ProbedAttempt(boot.Repeat, probed)
        {
            Start = reached + (probed.Time?.Start - first) is { } at && at >= TimeSpan.Zero ? at : null,
        });
    }

    /// <summary>1, and 1 more for each boot that was tried again.</summary>
    public static int Attempts(IReadOnlyList<ProbedBoot> boots) => 1 + boots.Sum(b => b.Attempts - 1);
}
