using System.Threading.Channels;
using Harness.Analysis;
using Harness.Cache;
using Harness.Guest;
using Harness.Kernels;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Runs a plan. Images are fetched while earlier ones boot, so that no stage waits for a whole batch. Every finished
/// kernel is in the journal before the run goes on.
/// </summary>
public sealed class RunEngine(
    RunPlan plan, VirtualMachine vm, AcceleratorChooser chooser, RunEnvironment environment, TimeProvider clock,
    Action<RunEvent> tell)
{
    private readonly List<KernelResult> _finished = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<AcceleratorChoice>> _accelerators = [];
    private string? _proofKernel;

    /// <summary>Runs to the end, or to the interruption; the document is on disk when it returns.</summary>
    /// <exception cref="AcceleratorException">KVM was asked for by name and does not work.</exception>
    /// <exception cref="IOException">The run directory cannot be written.</exception>
    public async Task<RunDocument> RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(plan.Directory);
        using var journal = Journal.Open(plan.Directory, plan.Request);
        tell(new RunEvent.Started(
            [.. plan.Kernels.Select(k => k.Kernel)], plan.Resumed, plan.CaseCount, plan.Jobs, plan.Directory));
        foreach (var note in plan.Notes)
        {
            tell(new RunEvent.Noted(note));
        }
        var guests = plan.Tasks.Select(Guest).ToList();
        var run = new KernelRun(plan, vm, guests, PlainImages.Read(environment.CacheRoot, plan.DoesWithout), tell);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var times = BootTimes.Read(environment.CacheRoot);
        var ready = Channel.CreateUnboundedPrioritized(
            new UnboundedPrioritizedChannelOptions<ReadyKernel> { Comparer = ReadyKernel.LongestFirst });
        var fetching = FetchAllAsync(journal, times, ready.Writer, stop.Token);
        var testing = Enumerable.Range(0, plan.Jobs)
            .Select(_ => TestAllAsync(run, journal, guests[0].Initramfs, ready.Reader, stop.Token));
        await CompleteAsync([fetching, .. testing], stop, cancellation).ConfigureAwait(false);
        times.Remember(_finished);
        return Finish(interrupted: cancellation.IsCancellationRequested);
    }

    private ProgramGuest Guest(ProgramTask task)
    {
        var program = new GuestProgram(task.Program.Probe, File.ReadAllBytes(task.Program.Path));
        var directory = CacheKind.Guests.In(environment.CacheRoot);
        var initramfs = GuestImage.Store(directory, File.ReadAllBytes(environment.Init), [program]);
        return new(task, initramfs, plan.LabelOf(task.Program));
    }

    /// <summary>Waits for all tasks. When one throws, the others are ended before its exception is passed on.</summary>
    private static async Task CompleteAsync(
        List<Task> tasks, CancellationTokenSource stop, CancellationToken cancellation)
    {
        try
        {
            await foreach (var pending in Task.WhenEach(tasks).ConfigureAwait(false))
            {
                await pending.ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                throw;
            }
        }
    }

    private async Task FetchAllAsync(
        Journal journal, BootTimes times, ChannelWriter<ReadyKernel> ready, CancellationToken cancellation)
    {
        var order = 0;
        var unpacker = new VmlinuxUnpacker(environment.CacheRoot);
        try
        {
            var fetcher = new ImageFetcher(plan.Kernels, tell, plan.Resumed);
            await fetcher.FetchAllAsync(Take, cancellation).ConfigureAwait(false);
        }
        finally
        {
            ready.TryComplete();
        }

        async ValueTask Take(Kernel kernel, ImageResult result)
        {
            if (result is ImageResult.Available { Image: var image })
            {
                var vmlinux = plan.Plain
                    ? null
                    : await unpacker.UnpackAsync(image, kernel.Machine, cancellation).ConfigureAwait(false);
                var next = new ReadyKernel(
                    kernel, image with { Vmlinux = vmlinux }, times.Expected(image.Sha256),
                    Interlocked.Increment(ref order));
                await ready.WriteAsync(next, cancellation).ConfigureAwait(false);
                return;
            }
            Finished(journal, KernelResultFactory.Make(kernel, result, plan.Expectations));
        }
    }

    private async Task TestAllAsync(
        KernelRun run, Journal journal, string initramfs, ChannelReader<ReadyKernel> ready,
        CancellationToken cancellation)
    {
        await foreach (var (kernel, image, _, _) in ready.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            var choice = await ChooseOnceAsync(kernel, image, initramfs, cancellation).ConfigureAwait(false);
            if (!choice.Usable)
            {
                throw new AcceleratorException($"--accel kvm: {choice.Note}");
            }
            var result = await run.TestAsync(kernel, image, choice.Accelerator, cancellation).ConfigureAwait(false);
            if (result.Status == KernelStatus.Tested && result.Id == _proofKernel)
            {
                chooser.ConfirmFailure();
            }
            Finished(journal, result);
        }
    }

    /// <summary>
    /// The accelerator of a kernel's machine. The machine's first image that is ready proves KVM; all others of that
    /// machine wait for the answer.
    /// </summary>
    private Task<AcceleratorChoice> ChooseOnceAsync(
        Kernel kernel, BootImage image, string initramfs, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_accelerators.TryGetValue(kernel.Arch, out var choice))
            {
                choice = ChooseAsync(kernel, image, initramfs, cancellation);
                _accelerators.Add(kernel.Arch, choice);
            }
            return choice;
        }
    }

    private async Task<AcceleratorChoice> ChooseAsync(
        Kernel kernel, BootImage image, string initramfs, CancellationToken cancellation)
    {
        if (chooser.WithoutBoot(plan.Accelerator, kernel.Machine) is not { } choice)
        {
            _proofKernel = kernel.Id;
            tell(new RunEvent.ProvingKvm(kernel.Id));
            var directory = new RunDirectory(plan.Directory).Work("kvm-proof");
            try
            {
                choice = await chooser
                    .ProveAsync(plan.Accelerator, kernel.Machine, image.Path, initramfs, directory, cancellation)
                    .ConfigureAwait(false);
            }
            finally
            {
                Files.Remove(directory);
            }
        }
        tell(new RunEvent.AcceleratorChosen(choice.Accelerator, choice.Note));
        return choice;
    }

    private void Finished(Journal journal, KernelResult result)
    {
        journal.Append(result);
        lock (_gate)
        {
            _finished.Add(result);
        }
        tell(new RunEvent.Finished(result));
    }

    private RunDocument Finish(bool interrupted)
    {
        var done = plan.Resumed.Concat(_finished).ToDictionary(k => k.Id, StringComparer.Ordinal);
        foreach (var planned in plan.Kernels.Where(k => !done.ContainsKey(k.Kernel.Id)))
        {
            var measured = new KernelMeasurement
            {
                Kernel = planned.Kernel,
                Status = KernelStatus.NotRun,
                Reason = "interrupted",
            };
            done[planned.Kernel.Id] = KernelResultFactory.Make(measured, plan.Expectations);
        }
        var machine = FirstMachine();
        var choice = _accelerators.GetValueOrDefault(machine.Name) is { IsCompletedSuccessfully: true } chosen
            ? chosen.Result
            : chooser.WithoutBoot(plan.Accelerator, machine);
        var accelerator = choice?.Accelerator ?? Accelerator.Tcg;
        var document = RunAnalysis.Of(
            new RunInfo(plan.Request.RunId, plan.Request.StartedAt, clock.GetUtcNow(), !interrupted,
                accelerator.ToString().ToLowerInvariant(), environment.HarnessVersion,
                new ProberInfo(plan.Programs[0].Program.Sha256, plan.Programs[0].Cases.Count), environment.Host)
            {
                AccelNote = choice?.Note,
                Matrix = plan.Request.Matrix is { } m ? Path.GetFileName(m) : "images",
                CaseGlobs = [.. plan.CaseGlobs.Select(g => g.Pattern)],
                KernelParameters = string.Join(
                    ' ', KernelParameters.For(machine, accelerator, !plan.Plain, plan.DoesWithout)),
                Jobs = plan.Jobs,
                TimeoutSeconds = (plan.Timeout ?? KernelRun.DefaultTimeout(accelerator)).TotalSeconds,
                Repeat = plan.Repeat,
                Notes = plan.Notes,
                Probes =
                [
                    .. plan.Programs.GroupBy(t => t.Program.Probe).Where(p => p.Any(t => t.Cases.Count > 0))
                        .Select(Probe),
                ],
                Facts = plan.Facts?.Invoke(plan.Programs),
            },
            done.Values,
            plan.Probes);
        document = document with { Baseline = plan.Baseline?.Against(document) };
        ResultsFile.Write(Path.Combine(plan.Directory, ResultsFile.Name), document);
        Files.Remove(Path.Combine(plan.Directory, RunDirectory.WorkName));
        return document;
    }

    private ProbeInfo Probe(IGrouping<string, ProgramTask> programs) => new(
        programs.Key, plan.Probes.All.First(p => p.Name == programs.Key).Title, programs.First().Program.Sha256,
        programs.Sum(t => t.Cases.Count));

    /// <summary>The machine that the run's facts are about: that of the first kernel which can be booted.</summary>
    private Machine FirstMachine() =>
        plan.Kernels.Select(k => MachineList.Find(k.Kernel.Arch)).FirstOrDefault(m => m is not null)
            ?? MachineList.Default;
}
