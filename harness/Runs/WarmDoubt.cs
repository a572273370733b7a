using System.Globalization;
using Harness.Probes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// What a kernel did that was restored, or booted so that it could be saved, and that QEMU may have done to it as well:
/// it may restore a timer or a register wrongly. An ordinary boot shows whether the kernel does it by itself. Pure.
/// </summary>
/// <param name="Guest">How the guest ended.</param>
/// <param name="Boots">What it says of each program.</param>
/// <param name="What">How the kernel was started, and what it did.</param>
internal sealed record WarmDoubt(VmEnd Guest, IReadOnlyList<ProbedBoot> Boots, string What)
{
    /// <param name="end">Of the VM; <c>null</c> when there was none.</param>
    /// <param name="probes">Of the programs.</param>
    /// <returns><c>null</c> where there is nothing to check.</returns>
    public static WarmDoubt? Of(VmEnd? end, IReadOnlyList<ProbedBoot> boots, IEnumerable<Probe> probes)
    {
        if (end is not ({ Warm: true } or { Waited: true }))
        {
            return null;
        }
        var steps = probes.SelectMany(probe => probe.StepsOfMachine).Append(Probe.CrashStep)
            .ToHashSet(StringComparer.Ordinal);
        return Symptom([.. boots.Where(boot => !IsKnown(boot, end))], steps) is { } symptom
            ? new(end, boots, $"{(end.Warm ? "restored from a snapshot" : "booted to be saved")}, it {symptom}")
            : null;
    }

    /// <summary>What the row says of it.</summary>
    /// <param name="booted">What an ordinary boot says of each program.</param>
    /// <param name="attempt">Which one of its stage, counted from 1.</param>
    public RetriedAttempt Settled(IReadOnlyList<ProbedBoot> booted, int attempt) => new(
        RetryStage.Restore, attempt,
        $"{What}; " + (IsUntested(booted) ? "whether it does that when it is booted, could not be tested"
            : Difference(booted) is { } difference
                ? $"when it was booted, {difference}: its snapshot is removed"
                : "when it was booted, it did the same"),
        0);

    /// <summary>How the ordinary boot differs, in words; <c>null</c> where it says the same.</summary>
    public string? Difference(IReadOnlyList<ProbedBoot> booted)
    {
        if (IsUntested(booted))
        {
            return null;
        }
        var (here, there) = (Boots.ToLookup(b => b.Prober), booted.ToLookup(b => b.Prober));
        foreach (var prober in here.Select(g => g.Key).Union(there.Select(g => g.Key)))
        {
            var status = there[prober].FirstOrDefault()?.Classification.Status;
            if (here[prober].FirstOrDefault()?.Classification.Status != status)
            {
                return status is { } other ? $"it was {Named(other)}" : "other programs had their turn";
            }
        }
        if (!Kinds(Boots).SetEquals(Kinds(booted)))
        {
            return Kinds(booted).Count == 0 ? "it complained of nothing" : "it complained of something else";
        }
        var answers = Answers(booted).ToDictionary(a => a.Id, a => a.Answer, StringComparer.Ordinal);
        return Answers(Boots).FirstOrDefault(a => answers.TryGetValue(a.Id, out var answer) && answer != a.Answer)
            is { Id: { } id }
            ? $"{id} had another answer"
            : null;
    }

    private static string? Symptom(IReadOnlyList<ProbedBoot> boots, HashSet<string> steps)
    {
        // What failed on this side is repeated in any case.
        var ends = boots.Select(b => b.Classification).Where(c => c.Status != KernelStatus.InfraError).ToList();
        if (ends.FirstOrDefault(c => c.Status != KernelStatus.Tested) is { } end)
        {
            return $"was {Named(end.Status)} ({end.Reason})";
        }
        if (boots.SelectMany(b => b.Complaints).FirstOrDefault() is { } complaint)
        {
            return $"complained ({complaint.Text})";
        }
        return boots.SelectMany(b => b.Report.Cases).FirstOrDefault(c => c.Step is { } s && steps.Contains(s))
            is { } probed
            ? string.Create(CultureInfo.InvariantCulture, $"answered {probed.Id} with {probed.Step}")
            : null;
    }

    /// <summary>
    /// A kernel of this image that was booted, and asked alone, is known to have died likewise: the restored one was
    /// asked alone, too, and nothing hints at QEMU.
    /// </summary>
    private static bool IsKnown(ProbedBoot boot, VmEnd end) =>
        boot is { AloneEnd: { } how, Complaints.Count: 0 } && end.KnownEnds.Contains(how);

    private static bool IsUntested(IReadOnlyList<ProbedBoot> booted) =>
        booted.Any(b => b.Classification.Status == KernelStatus.InfraError);

    private static string Named(KernelStatus status) => Analysis.Words.Of(status);

    private static HashSet<ComplaintKind> Kinds(IReadOnlyList<ProbedBoot> boots) =>
        [.. boots.SelectMany(b => b.Complaints).Select(c => c.Kind)];

    private static IEnumerable<(string Id, (string?, string?, string?) Answer)> Answers(
        IReadOnlyList<ProbedBoot> boots) => boots.SelectMany(b => b.Report.Cases)
            .DistinctBy(c => c.Id).Select(c => (c.Id, (c.Outcome, c.Step, c.Errno)));
}
