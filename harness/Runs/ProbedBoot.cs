using System.Globalization;
using Harness.Ktap;
using Harness.Results;

namespace Harness.Runs;

/// <summary>What came of booting a kernel with one program, after any second attempt.</summary>
/// <param name="Prober">The label of the program's files; empty for the run's first.</param>
/// <param name="Attempts">How many boots it took.</param>
/// <param name="Probing">The time from the prober's first sign to the end of its report.</param>
/// <param name="Console">The console's log, relative to the run directory; <c>null</c> when there is none.</param>
public sealed record ProbedBoot(
    string Prober, Classification Classification, ProbeReport Report, int Attempts, TimeSpan? Probing, string? Console)
{
    /// <summary>What the program is called in sentences.</summary>
    public string Program { get; init; } = Prober;

    /// <summary>Which of several boots with this program, counted from 1.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>
    /// The last boot was without what only saves time (<see cref="Machines.KernelParameters.Lean"/>).
    /// </summary>
    public bool Plain { get; init; }

    /// <summary>The prober was heard of; where it was not, another one would not be either.</summary>
    public bool ReachedProber =>
        Classification.Status is not (KernelStatus.BootFailed or KernelStatus.BootTimeout or KernelStatus.InfraError);
}

/// <summary>What one of several boots reported of a case.</summary>
/// <param name="Repeat">Which boot, counted from 1.</param>
public sealed record ProbedAttempt(int Repeat, ProbedCase Case);

/// <summary>Makes one row of a kernel's boots. Pure.</summary>
public static class BootMerge
{
    /// <summary>
    /// From best to worst: what the kernel did weighs more than what our side did, and more the later it did it.
    /// </summary>
    private static readonly KernelStatus[] _order =
    [
        KernelStatus.Tested, KernelStatus.InfraError, KernelStatus.BootTimeout, KernelStatus.BootFailed,
        KernelStatus.ProbeError, KernelStatus.ProbeTimeout, KernelStatus.Crashed,
    ];

    /// <summary>The boot that decides the kernel's status: the worst, the first of equals.</summary>
    public static ProbedBoot Decisive(IReadOnlyList<ProbedBoot> boots) =>
        boots.MaxBy(b => Array.IndexOf(_order, b.Classification.Status))!;

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

    /// <summary>
    /// Every case that any boot reported, with all that was said of it, in the order of repeats; sorted by id.
    /// </summary>
    public static IEnumerable<IReadOnlyList<ProbedAttempt>> Cases(IReadOnlyList<ProbedBoot> boots) =>
        boots.SelectMany(b => b.Report.Cases, (boot, probed) => new ProbedAttempt(boot.Repeat, probed))
            .GroupBy(a => a.Case.Id).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.OrderBy(a => a.Repeat).ToList());

    /// <summary>1, and 1 more for each boot that was tried again.</summary>
    public static int Attempts(IReadOnlyList<ProbedBoot> boots) => 1 + boots.Sum(b => b.Attempts - 1);
}
