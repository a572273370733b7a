using Harness.Kernels;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;

namespace Harness.Bisection;

/// <summary>Verdicts of kernels by their images, and what was seen then, in the user's cache.</summary>
/// <param name="template">The plan of each run, but for its kernels; its directory is the bisection's.</param>
internal sealed class RememberedKernels(RunPlan template, string cacheRoot)
{
    private readonly VerdictMemory _memory = new(cacheRoot);
    private readonly EvidenceMemory _evidence = new(cacheRoot);

    /// <summary>Where a run directory has the evidence of a kernel.</summary>
    public StepEvidence EvidenceIn(string directory, string kernelId)
    {
        var run = new RunDirectory(directory);
        return new StepEvidence(
            run.Ktap(kernelId, template.LabelOf(template.Tasks.First().Program)), run.Console(kernelId));
    }

    /// <summary>A failure may not happen again, so it is not remembered.</summary>
    public void Remember(KernelResult result, string parameters, StepEvidence evidence)
    {
        if (result is not { Status: KernelStatus.Tested, Sha256: { } image })
        {
            return;
        }
        var kept = _evidence.Keep(evidence);
        // What a program finds among this machine's files may change before the next bisection.
        foreach (var task in template.Tasks.Where(task => !task.Program.SeesHost))
        {
            var cases = result.Cases.Where(c => Lasts(task, c.Status == CaseStatus.Skip)).Select(c => c.Id)
                .Where(task.Covers).ToHashSet(StringComparer.Ordinal);
            _memory.Remember(new VerdictKey(image, task.Program.Sha256, parameters), result, cases, kept);
        }
    }

    /// <summary>
    /// The kernel's row from remembered verdicts, and what was seen then; <c>null</c> unless every case of the
    /// bisection is remembered with its evidence.
    /// </summary>
    public (MeasuredKernel Kernel, StepEvidence Kept)? Recall(
        Kernel kernel, string image, string parameters, string name)
    {
        var cases = new List<ProbedAttempt>();
        RememberedKernel? known = null;
        string? evidence = null;
        foreach (var task in template.Tasks)
        {
            known = _memory.Recall(new VerdictKey(image, task.Program.Sha256, parameters));
            if (known is null || !task.Cases.All(c => known.Cases.ContainsKey(c.Id)) || !HoldsWhatIsAsked(task, known)
                || !known.Cases.All(c => Lasts(task, c.Value.Skipped)))
            {
                return null;
            }
            evidence ??= known.Cases[task.Cases[0].Id].Evidence;
            cases.AddRange(known.Cases.Where(c => task.Cases.Any(asked => asked.Id == c.Key)
                    || (task.Covers(c.Key) && task.Keeps(c.Key)))
                .Select(c => new ProbedAttempt(1, c.Value.ToProbed(c.Key))));
        }
        var measured = new KernelMeasurement
        {
            Kernel = kernel,
            Status = KernelStatus.Tested,
            Release = known?.Release,
            Arch = known?.Arch,
            Sha256 = image,
            Cases = [.. cases.OrderBy(c => c.Case.Id, StringComparer.Ordinal).Select(c => new[] { c })],
        };
        var row = KernelResultFactory.Make(measured, template.Expectations);
        return _evidence.Find(evidence) is { } kept
            ? (new MeasuredKernel(kernel, row, true, EvidenceIn(Path.Combine(template.Directory, name), kernel.Id)),
                kept)
            : null;
    }

    /// <summary>
    /// Whether a verdict is one on the image alone. The same image may come without its modules or configuration, and
    /// a case that is skipped for want of them is not when they are there.
    /// </summary>
    private static bool Lasts(ProgramTask task, bool skipped) => !skipped || task.Program.Wishes.IsEmpty;

    /// <summary>
    /// What a case's answer holds is remembered only as far as it was asked for then: just one id can be looked for.
    /// </summary>
    private bool HoldsWhatIsAsked(ProgramTask task, RememberedKernel known) => !task.Cases.Any(c => c.Opens)
        || template.CaseGlobs.All(glob => known.Cases.ContainsKey(glob.Pattern));
}
