using Harness.Analysis;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.Exec;

/// <summary>Where one program passes, as a sentence; only kernels that were run are named.</summary>
internal sealed class ExecAnswer
{
    private readonly string _name;
    private readonly IReadOnlyList<Phrase> _findings;

    private ExecAnswer(string name, IReadOnlyList<(KernelResult Kernel, CaseResult Whole)> measured, KernelNames names)
    {
        _name = name;
        PassesEverywhere = measured.All(m => m.Whole.Status == CaseStatus.Pass);
        _findings =
        [
            .. measured.GroupBy(m => (m.Whole.Status, Why: Why(m.Whole))).OrderBy(g => g.Key.Status)
                .Select(g => Finding(g.Key.Status, g.Key.Why, names.Of(g.Select(m => m.Kernel)))),
        ];
    }

    public bool PassesEverywhere { get; }

    /// <summary>
    /// "maps: passes on 6.1.170 – 7.3.4 (9 kernels); fails on 5.10.218: it exited with 1, not with 0."
    /// </summary>
    public string InWords => $"{_name}: {string.Join("; ", _findings.Select(f => f.Text))}.";

    public Sentence Sentence => new([Phrase.Strong(_name), ": ", .. _findings]);

    /// <summary>In the order of names; with several architectures, one for each.</summary>
    public static IReadOnlyList<ExecAnswer> Of(RunDocument document)
    {
        var names = new KernelNames(document);
        var measured = KernelNames.InOrder(document).SelectMany(kernel => kernel.Cases.Where(IsWhole)
            .Select(whole => (Kernel: kernel, Whole: whole))).ToList();
        var arches = measured.Select(m => m.Kernel.Arch).Distinct().Count();
        return
        [
            .. measured.GroupBy(m => (m.Whole.Id, m.Kernel.Arch)).OrderBy(g => g.Key.Id, StringComparer.Ordinal)
                .Select(g => new ExecAnswer(
                    NameOf(g.Key.Id) + (arches > 1 ? $" ({g.Key.Arch})" : ""), [.. g], names)),
        ];
    }

    private static bool IsWhole(CaseResult result) => result.Id.Split('.') is [ExecProbe.Layer, _];

    private static string NameOf(string id) => id[(ExecProbe.Layer.Length + 1)..];

    private static Phrase Finding(CaseStatus status, string? why, string where) =>
        Phrase.Chip(Words.MarkOf(status), status switch
        {
            CaseStatus.Pass => $"passes on {where}",
            CaseStatus.Fail => $"fails on {where}: {why}",
            CaseStatus.Skip => $"is skipped on {where}: {why}",
            CaseStatus.Flaky => $"is flaky on {where}: {why}",
            _ => $"no verdict on {where}: {why}",
        });

    private static string? Why(CaseResult whole) => whole.Status == CaseStatus.Pass ? null
        : whole.Cause?.Split(". ")[0].TrimEnd('.') ?? whole.Reason
            ?? Words.Of(whole.Status, whole.Outcome, whole.Step, whole.Errno);
}
