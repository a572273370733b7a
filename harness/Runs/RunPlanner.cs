using Harness.Kernels;
using Harness.Matrix;
using Harness.Probes;
using Harness.Results;
using Harness.Vm;
using Harness.Yaml;

namespace Harness.Runs;

/// <summary>
/// Makes every <see cref="RunPlan"/>: checks what was asked, and finds kernels, programs and cases for it.
/// </summary>
/// <param name="form">What a matrix may say, and where its kernels can come from.</param>
/// <param name="probes">The probes that ask.</param>
/// <param name="tell">Is called with what takes long, a line each time.</param>
public sealed class RunPlanner(Workspace workspace, MatrixForm form, ProbeList probes, Action<string> tell)
{
    /// <summary>The pattern that asks for no case: kernels are booted, and nothing is asked.</summary>
    private const string NoCase = "none";

    /// <summary>Reads matrices, and resolves them.</summary>
    public MatrixResolver Matrices { get; } = new(workspace, form);

    /// <summary>The plan of <c>harness run</c>.</summary>
    /// <exception cref="UsageException">An option is wrong, or contradicts the run that is resumed.</exception>
    /// <exception cref="YamlFileException">The matrix has mistakes, or names what is not installed.</exception>
    /// <exception cref="ResultsException">The journal or the baseline cannot be read.</exception>
    /// <exception cref="ProgramException">A prober is not there and cannot be built.</exception>
    public async Task<RunPlan> PlanAsync(RunOptions options, CancellationToken cancellation)
    {
        options.Validate();
        var resumed = options.Resume ? Begun(options.Out!) : null;
        var given = options.Probes.ByOption.Count == 0 && resumed?.Request is { } earlier
            ? new ProbeOptionValues(earlier.ProbeOptions)
            : options.Probes;
        var matrix = LoadMatrix(options, resumed?.Request);
        var entries = EntriesOf(matrix, given);
        matrix = matrix is null ? null : matrix with { Probes = entries };
        var prepared = await ProgramsAsync(matrix, entries, cancellation).ConfigureAwait(false);
        RequireSomething(prepared);
        var request = resumed is { Request: var begun }
            ? begun with
            {
                Baseline = RunBaseline.Locate(options.Baseline) ?? begun.Baseline,
                Reuse = options.Reuse || begun.Reuse,
                RenewDays = options.RenewDays ?? begun.RenewDays,
                Snapshots = options.SnapshotsOf(begun),
            }
            : NewRequest(options, prepared.All, ProbeEntry.CasesOf(entries));
        ResumeRules.RequireSameProbers(options.Out, request, prepared.All);
        ResumeRules.RequireSameCases(options.Out, request, entries);
        var globs = GlobList.Parse("--case", request.CaseGlobs);
        var programs = Select(prepared, globs, request);
        ResumeRules.RequireSameRepeat(options, request);
        if (resumed is not null)
        {
            ResumeRules.RequireSameSelection(options, request);
        }
        var baseline = RunBaseline.Read(request, globs, form.Sources.PlaceOf, probes);
        var resolved = await ResolveAsync(options, request, matrix, cancellation).ConfigureAwait(false);
        var share = MatrixShare.Of(request, resolved.Kernels);
        IReadOnlyList<KernelResult> standing = [.. (resumed?.Kernels ?? []).Where(ResumeRules.Stands)];
        var done = standing.Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
        var directory = Files.FullPath(options.Out ?? Path.Combine(workspace.Repository.Results, request.RunId));
        var budget = options.Boot.Budget(matrix);
        var plan = Make(request, prepared, programs, globs, directory, options.Boot, budget, matrix);
        CasePatternRules.RequireShort(plan.GuestGlobs, resolved.Kernels.Select(k => k.Kernel.Arch));
        return plan with
        {
            Kernels = [.. share.Kernels.Where(k => !done.Contains(k.Kernel.Id))],
            Shard = share.Shard,
            Elsewhere = share.Elsewhere,
            Resumed = standing,
            BeginsAnew = resumed is null,
            Notes =
            [
                .. prepared.NotAsked.Select(n => $"{n.What} is not asked about: {n.Why}"),
                .. prepared.Notes,
                .. resolved.Notes,
                .. budget.Note is { } note ? [note] : Array.Empty<string>(),
                .. new PatternNotes(prepared, probes).Of(matrix?.Expectations ?? []),
                .. LineNotes.Of(matrix?.Expectations ?? [], resolved.Kernels),
            ],
            Shuffle = options.Shuffle,
            // Whether an image that somebody has just built boots as it is, is part of the question.
            Plain = options.Plain || request.Matrix is null,
            Snapshots = SnapshotsOf(request, programs),
            Repeat = request.Repeat,
            Reuse = request.Reuse && request.Repeat == 1 ? new ReusePolicy(request.RenewDays) : null,
            Baseline = baseline,
        };
    }

    /// <summary>A plan without kernels, for a bisection that adds some in each of its steps.</summary>
    /// <exception cref="UsageException">The pattern of cases is malformed.</exception>
    public RunPlan Plan(StepwiseOptions options)
    {
        IReadOnlyList<string> patterns = [options.Case];
        var request = new RunRequest(
            options.Id, options.StartedAt, options.Matrix is { } matrix ? Path.GetFullPath(matrix.Path) : null, [],
            options.Selection.Locked, options.Selection.Only, patterns, options.Programs[0].Program.Sha256)
        {
            FurtherProbers = [.. options.Programs.Skip(1).Select(t => t.Program.Sha256)],
        };
        var globs = GlobList.Parse("--case", patterns);
        var budget = options.Boot.Budget(options.Matrix);
        return Make(
            request, options.Prepared, options.Programs, globs, options.Directory, options.Boot, budget, options.Matrix)
            with
        {
            Notes = [.. options.Prepared.Notes, .. options.Notes],
        };
    }

    /// <summary>What the options name, else what the matrix does.</summary>
    /// <param name="matrix"><c>null</c> where there is none.</param>
    /// <exception cref="UsageException">An option names what cannot be asked about.</exception>
    public IReadOnlyList<ProbeEntry> EntriesOf(MatrixSpec? matrix, ProbeOptionValues options) =>
        AskedProbes.Of(probes, matrix, options);

    /// <summary>A watch over the files that options name.</summary>
    /// <exception cref="UsageException">They name none.</exception>
    public FileWatch Watch(ProbeOptionValues options)
    {
        IReadOnlyList<string> takers =
            [.. probes.All.SelectMany(p => p.Input?.Options ?? []).Where(o => o.IsPath).Select(o => o.Name)];
        return takers.Any(options.Has)
            ? new FileWatch(() => AskedProbes.Files(probes, options), workspace.Clock)
            : throw new UsageException(
                $"--watch waits for files to change: give some, by {string.Join(" or ", takers)}");
    }

    /// <summary>The programs that ask.</summary>
    /// <param name="matrix">Has the axes along which they are built; <c>null</c> where there is none.</param>
    /// <exception cref="YamlFileException">The matrix names what is not installed.</exception>
    /// <exception cref="ProgramException">A program is not there and cannot be built.</exception>
    public async Task<RunPrograms> ProgramsAsync(
        MatrixSpec? matrix, IReadOnlyList<ProbeEntry> entries, CancellationToken cancellation)
    {
        var repository = workspace.Repository;
        if (!File.Exists(repository.Init))
        {
            throw new ProgramException($"{repository.Init}: the guest's init is not built; run `make build`");
        }
        var request = new ProgramRequest(repository, workspace.CacheRoot, matrix?.Sections ?? YamlSections.None, tell);
        return (await PrepareAsync(request, entries, cancellation).ConfigureAwait(false)) with
        {
            ForMachine = async (machine, stop) =>
                (await PrepareAsync(request with { Machine = machine }, entries, stop).ConfigureAwait(false)).All,
        };
    }

    private async Task<RunPrograms> PrepareAsync(
        ProgramRequest request, IReadOnlyList<ProbeEntry> entries, CancellationToken cancellation)
    {
        var prepared = new List<PreparedProbe>();
        foreach (var probe in probes.All)
        {
            IReadOnlyList<ProbeEntry> own = [.. entries.Where(entry => entry.Probe == probe)];
            if (own.Count > 0)
            {
                var about = request with { Subjects = [.. own.SelectMany(entry => entry.Subjects)] };
                var programs = await probe.Program.PrepareAsync(about, cancellation).ConfigureAwait(false);
                prepared.Add(new PreparedProbe(probe, programs) { Entries = own });
            }
        }
        return new RunPrograms(prepared);
    }

    /// <exception cref="UsageException">Nothing of what users named can be asked about.</exception>
    private static void RequireSomething(RunPrograms prepared)
    {
        if (prepared.NotAsked.Count > 0 && prepared.All.All(program => program.Cases.Count == 0))
        {
            throw new UsageException(
                string.Join('\n', prepared.NotAsked.Select(n => $"{n.What} cannot be asked about: {n.Why}")));
        }
    }

    private RunPlan Make(
        RunRequest request, RunPrograms prepared, IReadOnlyList<ProgramTask> programs, IReadOnlyList<Glob> globs,
        string directory, BootSettings boot, VmBudget budget, MatrixSpec? matrix)
    {
        var cpus = boot.CpusOfGuest(matrix);
        return new()
        {
            Request = request,
            Kernels = [],
            Expectations = [.. matrix?.Expectations ?? [], .. prepared.Foreseen],
            Programs = programs,
            CaseGlobs = globs,
            Directory = directory,
            Accelerator = boot.Accelerator,
            Timeout = boot.Timeout(matrix),
            Jobs = budget.Jobs,
            DoesWithout = cpus > 1
                ? prepared.DoesWithout.Except(VmSpec.NeededBySeveralCpus).ToHashSet()
                : prepared.DoesWithout,
            Cpus = cpus,
            Probes = probes,
            NotAsked = prepared.NotAsked,
            Facts = prepared.Facts,
            ForMachine = prepared.ForMachine,
        };
    }

    /// <summary>
    /// The run that a directory holds; <c>null</c> when it was killed before it noted what was asked.
    /// </summary>
    /// <exception cref="ResultsException">There is no such run, or its journal is damaged.</exception>
    private static (RunRequest Request, IReadOnlyList<KernelResult> Kernels)? Begun(string directory)
    {
        try
        {
            return Journal.Read(directory);
        }
        catch (ResultsException) when (OutDirectory.HoldsNothingMeasured(directory))
        {
            return null;
        }
    }

    /// <summary>
    /// The matrix of a new run, or of the one that goes on. Expectations are about upstream versions, so those of the
    /// default matrix hold for single images, too; its axes are not used for them.
    /// </summary>
    private MatrixSpec? LoadMatrix(RunOptions options, RunRequest? resumed)
    {
        var images = resumed is null ? options.Images.Count > 0 : resumed.Matrix is null;
        if (!images)
        {
            return Matrices.Load(options.Selection with { File = resumed?.Matrix ?? options.Selection.File });
        }
        var expectations = workspace.Repository.DefaultMatrix;
        return File.Exists(expectations)
            ? Matrices.Load(new MatrixSelection { File = expectations }) with { Sections = YamlSections.None }
            : null;
    }

    private RunRequest NewRequest(
        RunOptions options, IReadOnlyList<NativeProgram> programs, IReadOnlyList<string> entryCases)
    {
        var now = workspace.Clock.GetUtcNow();
        var results = workspace.Repository.Results;
        var selection = options.Selection;
        return new RunRequest(
            RunIds.Named(options.Out, results) ?? RunIds.New(now, results), now,
            options.Images.Count > 0 ? null : Path.GetFullPath(Matrices.PathOf(selection)),
            [.. options.Images.Select(Path.GetFullPath)],
            selection.Locked, selection.Only, options.Cases, programs[0].Sha256)
        {
            FurtherProbers = [.. programs.Skip(1).Select(p => p.Sha256)],
            ProbeOptions = options.Probes.ByOption,
            EntryCases = entryCases,
            Repeat = options.Repeat ?? 1,
            Shard = options.Shard?.ToString(),
            Lock = selection.Lock is { } pins ? Path.GetFullPath(pins) : null,
            Reuse = options.Reuse,
            RenewDays = options.RenewDays,
            Snapshots = options.SnapshotsOf(null),
            Baseline = RunBaseline.Locate(options.Baseline),
        };
    }

    /// <summary>A kernel that is asked what may kill it is booted several times in this very run.</summary>
    private SnapshotUse SnapshotsOf(RunRequest request, IReadOnlyList<ProgramTask> tasks)
    {
        var killers = probes.All.SelectMany(probe => probe.MayKill).ToList();
        var mayKill = tasks.SelectMany(task => task.Cases).Any(c => killers.Any(glob => glob.Matches(c.Id)));
        return request.Snapshots with { AtOnce = request.Snapshots.AtOnce || mayKill };
    }

    private static IReadOnlyList<ProgramTask> Select(
        RunPrograms prepared, IReadOnlyList<Glob> globs, RunRequest request)
    {
        var (tasks, programs) = (prepared.Tasks(globs), prepared.All);
        if (tasks.Any(t => t.Cases.Count > 0) || request.CaseGlobs is [NoCase])
        {
            return tasks;
        }
        // Without an option, only the entries of a matrix leave cases out.
        var entries = prepared.Probes.SelectMany(p => p.Entries).ToList();
        var patterns = globs.Count > 0 ? request.CaseGlobs
            : [.. entries.SelectMany(entry => entry.Cases).Select(glob => glob.Pattern).DefaultIfEmpty("*")];
        var asked = globs.Count > 0
            ? $"--case {string.Join(" --case ", patterns)} matches"
            : $"'cases' under 'probes' ({string.Join(", ", ProbeEntry.CasesOf(entries))}) match";
        throw new UsageException($"{asked} none of the prober's {programs.Sum(p => p.Cases.Count)} cases"
            + NearMatches.Hint(patterns[0], programs.SelectMany(p => p.Cases).Select(c => c.Id)));
    }

    private async Task<ResolvedKernels> ResolveAsync(
        RunOptions options, RunRequest request, MatrixSpec? matrix, CancellationToken cancellation)
    {
        if (request.Matrix is null)
        {
            return new ResolvedKernels(ImageIds.Of(request.Images), []);
        }
        var selection = options.Selection with
        {
            Locked = request.Locked,
            Lock = request.Lock,
            Only = request.Only,
        };
        return await Matrices.ResolveAsync(matrix!, selection, cancellation).ConfigureAwait(false);
    }
}
