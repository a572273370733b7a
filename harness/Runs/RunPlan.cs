using System.Text.Json;
using Harness.Analysis;
using Harness.Kernels;
using Harness.Machines;
using Harness.Matrix;
using Harness.Probes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Everything that a run needs, already validated: no usage error can come from it. <see cref="RunPlanner"/> makes it.
/// </summary>
public sealed record RunPlan
{
    /// <summary>What was asked for; the journal keeps it for <c>--resume</c>.</summary>
    public required RunRequest Request { get; init; }

    /// <summary>The kernels to test, in the matrix's order, without those that are in <see cref="Resumed"/>.</summary>
    public required IReadOnlyList<PlannedKernel> Kernels { get; init; }

    /// <summary>Which share of the matrix they are; <c>null</c> for all of it.</summary>
    public Shard? Shard { get; init; }

    /// <summary>The kernels of the other shares, each with the share that it is in.</summary>
    public IReadOnlyList<(Kernel Kernel, Shard Shard)> Elsewhere { get; init; } = [];

    /// <summary>The results of an earlier part of the run that need not be measured again.</summary>
    public IReadOnlyList<KernelResult> Resumed { get; init; } = [];

    public required IReadOnlyList<Expectation> Expectations { get; init; }

    /// <summary>
    /// The programs that ask, all in the same boot, with the cases that each is to run. The first one asks most of
    /// them. A program without a selected case is listed too, since the results name it. These are the builds for
    /// <see cref="MachineList.Default"/>; kernels of other machines are asked by those of <see cref="ForMachine"/>.
    /// </summary>
    public required IReadOnlyList<ProgramTask> Programs { get; init; }

    /// <summary>The selection of cases; empty for all of them.</summary>
    public required IReadOnlyList<Glob> CaseGlobs { get; init; }

    /// <summary>The run directory, absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// The run goes on with no earlier one. What one that measured nothing left in <see cref="Directory"/> is removed.
    /// </summary>
    public bool BeginsAnew { get; init; }

    public required AcceleratorWish Accelerator { get; init; }

    /// <summary>How long one VM may take; <c>null</c> for the accelerator's default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Kernels like these are known to boot with the parameters that save time, so that one which does not come to the
    /// first program is not booted again without them.
    /// </summary>
    public bool LeanIsProven { get; init; }

    /// <summary>How what fails on this side, or in the network, is repeated.</summary>
    public RetryPolicy Retries { get; init; } = RetryPolicy.Default;

    /// <summary>VMs at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>Run the cases in an order made from this number; <c>null</c> for the table's order.</summary>
    public uint? Shuffle { get; init; }

    /// <summary>What the reader should know about the selection, such as a stale index.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// Boot kernels as their vendor ships them, without parameters that only save time
    /// (<see cref="KernelParameters.Lean"/>).
    /// </summary>
    public bool Plain { get; init; }

    /// <summary>The CPUs of each guest.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Parts of the kernel that no probe of the run uses: boots that are not plain leave them out.</summary>
    public IReadOnlySet<KernelArea> DoesWithout { get; init; } = new HashSet<KernelArea>();

    /// <summary>Options without which a kernel answers nothing that is asked.</summary>
    public IEnumerable<KernelNeed> Needs =>
        Programs.Select(task => Probes.All.First(probe => probe.Name == task.Program.Probe))
            .Aggregate((IEnumerable<KernelNeed>?)null, (all, probe) => all?.Intersect(probe.Needs) ?? probe.Needs)
        ?? [];

    /// <summary>Which snapshots of kernels the run uses and makes.</summary>
    public SnapshotUse Snapshots { get; init; } = SnapshotUse.None;

    /// <summary>How often each kernel is booted with each program.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>When a kernel whose verdicts are known is not booted; <c>null</c> where each is.</summary>
    public ReusePolicy? Reuse { get; init; }

    /// <summary>The run to compare this one with; <c>null</c> for none.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>The probes that the harness knows: their rules explain what kernels answer.</summary>
    public required ProbeList Probes { get; init; }

    /// <summary>What a probe notes in <c>run</c> of its own, given the programs; <c>null</c> for nothing.</summary>
    public Func<IReadOnlyList<ProgramTask>, IDictionary<string, JsonElement>>? Facts { get; init; }

    /// <summary><see cref="RunPrograms.ForMachine"/> of the run's programs.</summary>
    public Func<Machine, CancellationToken, Task<IReadOnlyList<NativeProgram>>>? ForMachine { get; init; }

    /// <summary>What users handed to the probes, and no kernel can be asked about.</summary>
    public IReadOnlyList<NotAsked> NotAsked { get; init; } = [];

    /// <summary>
    /// The programs that have cases to run; where none has (<c>--case none</c>), the first, which says so.
    /// </summary>
    public IEnumerable<ProgramTask> Tasks =>
        CaseCount == 0 ? Programs.Take(1) : Programs.Where(t => t.Cases.Count > 0);

    /// <summary>
    /// The selection as guests are told it, as fnmatch(3) patterns: a case whose answer holds what is asked for is
    /// asked, too.
    /// </summary>
    public IReadOnlyList<string> GuestGlobs => CaseGlobs.Count == 0 ? [] :
    [
        .. CaseGlobs.SelectMany(glob => glob.Alternatives),
        .. Programs.SelectMany(t => t.Cases).Select(c => c.Id).Where(id => !CaseGlobs.Choose(id)),
    ];

    /// <summary>Makes the run directory, empty when the run begins anew.</summary>
    /// <exception cref="IOException">Another run writes there, or the directory is not writable.</exception>
    public void MakeDirectory()
    {
        if (BeginsAnew)
        {
            OutDirectory.Clear(Directory);
        }
        System.IO.Directory.CreateDirectory(Directory);
    }

    /// <summary>How many cases each kernel is asked.</summary>
    public int CaseCount => Programs.Sum(t => t.Cases.Count);

    /// <summary>
    /// What tells a program from the run's first one in sentences; empty for that one. Programs of one probe differ in
    /// their labels.
    /// </summary>
    public string LabelOf(NativeProgram program) =>
        program.GuestName == Programs[0].Program.GuestName ? ""
            : program.Probe == Programs[0].Program.Probe ? program.Label : program.GuestName;
}
