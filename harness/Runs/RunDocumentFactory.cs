using Harness.Analysis;
using Harness.Kernels;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>Makes the document of a run that has ended, whole or interrupted, from its rows.</summary>
internal sealed class RunDocumentFactory(RunPlan plan, RunEnvironment environment)
{
    /// <summary>
    /// The machine that the run's facts are about: that of the first kernel which can be booted.
    /// </summary>
    public Machine Machine { get; } =
        plan.Kernels.Select(k => k.Kernel.KnownMachine).FirstOrDefault(m => m is not null)
            ?? MachineList.Default;

    /// <summary>A kernel without a row was not run: the run was interrupted before its turn.</summary>
    /// <param name="finished">The rows that this run made, in any order.</param>
    /// <param name="choice">The accelerator of <see cref="Machine"/>; <c>null</c> when it was not chosen.</param>
    /// <param name="notes">What a reader should know beside the plan's notes.</param>
    public RunDocument Make(
        IEnumerable<KernelResult> finished, AcceleratorChoice? choice, IReadOnlyList<string> notes,
        DateTimeOffset finishedAt, bool interrupted)
    {
        var done = plan.Resumed.Concat(finished).ToDictionary(k => k.Id, StringComparer.Ordinal);
        foreach (var planned in plan.Kernels.Where(k => !done.ContainsKey(k.Kernel.Id)))
        {
            done[planned.Kernel.Id] = NotRun(planned.Kernel, NotRunReason.Interrupted);
        }
        var document = RunAnalysis.Of(Info(choice, notes, finishedAt, interrupted), done.Values, plan.Probes);
        return document with { Baseline = plan.Baseline?.Against(document), Shard = ShardInfo() };
    }

    private ShardInfo? ShardInfo() => plan.Shard is { } shard
        ? new ShardInfo(
            shard.Index, shard.Of,
            [.. plan.Elsewhere.Select(k => NotRun(k.Kernel, NotRunReason.IsIn(k.Shard.ToString())))])
        : null;

    private KernelResult NotRun(Kernel kernel, string reason)
    {
        var measured = new KernelMeasurement
        {
            Kernel = kernel,
            Status = KernelStatus.NotRun,
            Reason = reason,
        };
        return KernelResultFactory.Make(measured, plan.Expectations);
    }

    /// <summary>A clock that was set back during the run must not make it end before it began.</summary>
    private static DateTimeOffset NotBefore(DateTimeOffset start, DateTimeOffset end) => end < start ? start : end;

    private RunInfo Info(
        AcceleratorChoice? choice, IReadOnlyList<string> notes, DateTimeOffset finishedAt, bool interrupted)
    {
        var accelerator = choice?.Accelerator ?? Accelerator.Tcg;
        var first = plan.Programs[0];
        return new RunInfo(
            plan.Request.RunId, plan.Request.StartedAt, NotBefore(plan.Request.StartedAt, finishedAt), !interrupted,
            accelerator.ToString().ToLowerInvariant(), environment.HarnessVersion,
            new ProberInfo(first.Program.Sha256, first.Cases.Count), environment.Host)
        {
            AccelNote = choice?.Note,
            Matrix = plan.Request.Matrix is { } matrix ? Path.GetFileName(matrix) : "images",
            CaseGlobs = [.. plan.CaseGlobs.Select(g => g.Pattern)],
            KernelParameters = string.Join(
                ' ', KernelParameters.For(Machine, accelerator, !plan.Plain, plan.DoesWithout, plan.Cpus)),
            Cpus = plan.Cpus > 1 ? plan.Cpus : null,
            Jobs = plan.Jobs,
            TimeoutSeconds = (plan.Timeout ?? KernelRun.DefaultTimeout(accelerator, [.. plan.Tasks])).TotalSeconds,
            Repeat = plan.Repeat,
            Notes = [.. plan.Notes, .. notes],
            NotAsked = plan.NotAsked.Count == 0 ? null : plan.NotAsked,
            Probes =
            [
                .. plan.Programs.GroupBy(t => t.Program.Probe).Where(p => p.Any(t => t.Cases.Count > 0)).Select(Probe),
            ],
            Facts = plan.Facts?.Invoke(plan.Programs),
        };
    }

    private ProbeInfo Probe(IGrouping<string, ProgramTask> programs) => new(
        programs.Key, plan.Probes.All.First(p => p.Name == programs.Key).Title, programs.First().Program.Sha256,
        programs.Sum(t => t.Cases.Count));
}
