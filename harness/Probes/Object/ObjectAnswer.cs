using System.Globalization;
using Harness.Analysis;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.Object;

/// <summary>Where one object loads, as a sentence; only versions that were run are named.</summary>
internal static class ObjectAnswer
{
    private const string Whole = "load";
    private const string Program = "prog";
    private const string Attach = "attach";

    /// <summary>In the order in which the objects were named; those that no kernel answered for are left out.</summary>
    public static IReadOnlyList<SubjectAnswer> Of(RunDocument document)
    {
        var (names, kernels) = (new KernelNames(document), KernelNames.InOrder(document));
        var cases = kernels.ToDictionary(k => k, k => k.Cases.ToLookup(c => StartOf(c.Id), StringComparer.Ordinal),
            ReferenceEqualityComparer.Instance as IEqualityComparer<KernelResult>);
        var answers = new List<SubjectAnswer>();
        var lineages = new LineageNames(kernels);
        foreach (var file in ObjectFacts.Of(document.Run).Files)
        {
            var measured = kernels.Select(k => Measured.Of(k, file.Id, [.. cases[k][file.Id]])).OfType<Measured>();
            answers.AddRange(measured.GroupBy(m => m.Kernel.Lineage).Select(g =>
                Answer(file, file.Name + lineages.InBrackets(g.Key), [.. g], names)));
        }
        return answers;
    }

    private static SubjectAnswer Answer(
        ObjectFile file, string name, IReadOnlyList<Measured> measured, KernelNames names)
    {
        var order = measured.Select(m => m.Kernel).ToList();
        return new SubjectAnswer(
            name, measured.All(m => m.Load.Status == CaseStatus.Pass && m.Unattached.Count == 0),
            [
                .. measured.GroupBy(m => (m.Load.Status == CaseStatus.Pass, SubjectAnswer.WhyOf(m.Load)))
                    .OrderByDescending(g => g.Key.Item1)
                    .Select(g => Finding([.. g], order, names, g.Key.Item2)),
                .. measured.Where(m => m.Load.Status == CaseStatus.Pass && m.Unattached.Count > 0)
                    .GroupBy(m => SubjectAnswer.WhyOf(m.Unattached[0]))
                    .Select(g => Attaching([.. g], order, names, g.Key)),
            ])
        {
            Remark = Meaning(file.Supports, measured),
        };
    }

    /// <summary><c>object.NAME</c> of an id.</summary>
    private static string StartOf(string id) => id.Split('.') is [var layer, var name, ..] ? $"{layer}.{name}" : id;

    private static Phrase Finding(
        IReadOnlyList<Measured> alike, List<KernelResult> order, KernelNames names, string? why)
    {
        var status = alike[0].Load.Status;
        var where = names.Of(alike.Select(m => m.Kernel), order);
        return Phrase.Chip(Words.MarkOf(status), status switch
        {
            CaseStatus.Pass when alike.Count == order.Count && order.Count > 1 =>
                FormattableString.Invariant($"loads on all {order.Count} kernels, {where}"),
            CaseStatus.Pass => $"loads on {where}",
            CaseStatus.Fail when alike.Count == order.Count && order.Count > 1 =>
                FormattableString.Invariant($"loads on none of {order.Count} kernels, {where}: {why}{Programs(alike)}"),
            CaseStatus.Fail => $"not on {where}: {why}{Programs(alike)}",
            CaseStatus.Skip => $"cannot be asked on {where}: {why}",
            _ => $"no verdict on {where}: {why}",
        });
    }

    /// <summary>Where it loads, and what of it does not attach.</summary>
    private static Phrase Attaching(
        IReadOnlyList<Measured> alike, List<KernelResult> order, KernelNames names, string? why)
    {
        var parts = alike.SelectMany(m => m.Unattached).Select(c => c.Id.Split('.')[^1]).Distinct().ToList();
        var which = parts.Count == 1 ? parts[0] : string.Create(CultureInfo.InvariantCulture, $"{parts.Count} parts");
        var where = names.Of(alike.Select(m => m.Kernel), order);
        return Phrase.Chip(Words.MarkOf(CaseStatus.Fail),
            $"{which} {(parts.Count == 1 ? "does" : "do")} not attach on {where}: {why}");
    }

    /// <summary>How many of its programs load by themselves where the whole does not.</summary>
    private static string Programs(IReadOnlyList<Measured> refused)
    {
        var counts = refused.Select(m => (Good: m.Programs.Count(p => p.Status == CaseStatus.Pass), m.Programs.Count))
            .Distinct().ToList();
        var (least, most) = (counts.Min(c => c.Good), counts.Max(c => c.Good));
        return counts is not [{ Count: > 1 }, ..] || most == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({(least == most ? $"{most}" : $"{least} to {most}")} of ")
                + string.Create(CultureInfo.InvariantCulture, $"its {counts[0].Count} programs ")
                + (most == 1 ? "loads by itself)" : "load by themselves)");
    }

    /// <summary>What its author means, where that was said.</summary>
    private static string Meaning(string? supports, IReadOnlyList<Measured> measured)
    {
        if (supports is null)
        {
            return "";
        }
        var refused = measured.Where(m => m.Load.Status != CaseStatus.Pass).ToList();
        return refused.Count == 0 ? $" It is meant for {supports}."
            : refused.All(m => m.Load.AsExpected) ? $" It is meant for {supports}, so that is as expected."
            : $" But it is meant for {supports}.";
    }

    /// <summary>What a kernel answered about the object.</summary>
    /// <param name="Unattached">What was refused of attaching its parts.</param>
    private sealed record Measured(
        KernelResult Kernel, CaseResult Load, IReadOnlyList<CaseResult> Programs, IReadOnlyList<CaseResult> Unattached)
    {
        public static Measured? Of(KernelResult kernel, string start, IReadOnlyList<CaseResult> cases)
        {
            var load = cases.FirstOrDefault(c => c.Id == $"{start}.{Whole}");
            return load is null ? null : new(kernel, load, [.. Parts(Program)],
                [.. Parts(Attach).Where(c => c.Status == CaseStatus.Fail)]);

            IEnumerable<CaseResult> Parts(string what) =>
                cases.Where(c => c.Id.StartsWith($"{start}.{what}.", StringComparison.Ordinal)
                    && ObjectProbe.Parse(c.Id).Label.Length == 0);
        }
    }
}
