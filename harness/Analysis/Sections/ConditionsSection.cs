using System.Globalization;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>How the run was made.</summary>
internal static class ConditionsSection
{
    public const string Title = "How the run was made";

    /// <summary>The part of a SHA-256 that tells programs and images apart.</summary>
    private const int ShortHash = 12;

    public static Section Of(RunDocument document, ProbeList probes) => new(Title,
        new Block.Conditions(Conditions(document, probes)),
        new Block.Folded("The kernels",
        [
            new Block.KernelTable([.. document.Kernels.Select(k => new TestedKernel(
                k.Id, k.Release, k.Source, k.Sha256 is { } hash ? Short(hash) : null, k.Seconds))]),
        ]));

    private static RunConditions Conditions(RunDocument document, ProbeList probes)
    {
        var run = document.Run;
        var seconds = (run.FinishedAt - run.StartedAt).TotalSeconds;
        return new RunConditions
        {
            StartedAt = run.StartedAt,
            Took = string.Create(CultureInfo.InvariantCulture,
                $"took {seconds:0} s; {run.Jobs} VMs at a time, {OfCpus(run)}{run.TimeoutSeconds:0.#} s each at most."),
            Accelerator = $"Accelerator: {run.Accel}{(run.AccelNote is null ? "" : $" ({run.AccelNote})")}.",
            Program = new Sentence(
                $"Harness {run.Harness}, prober ", Phrase.Code(Short(run.Prober.Sha256)),
                $" with {run.Prober.Cases} cases"),
            Selection = run.CaseGlobs,
            Host = $"Host: {run.Host.Os}, Linux {run.Host.Kernel}, {run.Host.Cpu}, {run.Host.Cores} cores; "
                + $"{run.Host.Qemu}, virtme-ng {run.Host.Virtme}.",
            Parameters = new Sentence("Kernel parameters: ", Phrase.Code(run.KernelParameters)),
            ProbeFacts = [.. probes.AskedBy(run).SelectMany(p => p.Story.Made(document))],
            Notes =
            [
                .. run.Notes.Select(note => (Sentence)$"Note: {note}"),
                .. Unpacked(document),
                .. Some(document, k => k.Warm, Words.Warm),
                .. Some(document, k => k.Waited, Words.Waited),
                .. document.Kernels.SelectMany(k => (k.Retries ?? [])
                    .Where(r => r.Stage == RetryStage.Restore).Select(r => About(k, $"{r.Reason}."))),
                .. document.Kernels.Where(k => k.BootedPlain).Select(k => About(k, Words.BootedPlain)),
                .. document.Kernels.Where(k => k.Note is not null).Select(k => About(k, k.Note!)),
            ],
        };
    }

    private static string OfCpus(RunInfo run) => run.Cpus is { } cpus
        ? string.Create(CultureInfo.InvariantCulture, $"of {cpus} CPUs each, ")
        : "";

    private static IEnumerable<Sentence> Unpacked(RunDocument document)
    {
        var unpacked = document.Kernels.Count(k => k.BootedUnpacked);
        return unpacked == 0 ? [] : [$"{Words.Count(unpacked, "kernel")}{Words.BootedUnpacked}"];
    }

    private static IEnumerable<Sentence> Some(RunDocument document, Func<KernelResult, bool> which, string words)
    {
        var some = document.Kernels.Where(which).ToList();
        return some.Count == 0
            ? []
            : [new([$"{Words.Count(some.Count, "kernel")}{words}", .. Names(some, document.Kernels.Count)])];
    }

    private static IEnumerable<Phrase> Names(List<KernelResult> some, int all) => some.Count == all
        ? [": all of them."]
        : [": ", .. some.SelectMany((k, i) => new[] { i == 0 ? "" : ", ", Phrase.Code(k.Id) }), "."];

    private static Sentence About(KernelResult kernel, string note) => new(Phrase.Code(kernel.Id), $": {note}");

    private static string Short(string hash) => hash[..Math.Min(ShortHash, hash.Length)];
}
