using System.Collections.Concurrent;
using System.Threading.Channels;
using Harness.Kernels;
using Harness.Kernels.Configurations;
using Harness.Machines;
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
    /// <summary>Rows without the times of their cases, which stay in the journal until they are written.</summary>
    private readonly List<(KernelResult Row, JournalPlace? Times)> _finished = [];

    /// <summary>The kernels that were booted, and under which accelerator.</summary>
    private readonly ConcurrentDictionary<string, Accelerator> _booted = new(StringComparer.Ordinal);

    private readonly ResultPool _results = new();
    private readonly Lock _gate = new();
    private readonly GuestImages _guests = new(plan, environment);
    private readonly KernelReuse _reuse = new(plan, environment);
    private readonly MachineAccelerators _accelerators = new(plan, chooser, tell);

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
        var plain = PlainImages.Read(environment.CacheRoot, plan.DoesWithout, plan.Cpus);
        var run = new KernelRun(plan, vm, plain, clock, tell);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var times = BootTimes.Read(environment.CacheRoot);
        var ready = Channel.CreateUnboundedPrioritized(
            new UnboundedPrioritizedChannelOptions<ReadyKernel> { Comparer = ReadyKernel.LongestFirst });
        var fetching = FetchAllAsync(journal, times, ready.Writer, stop.Token);
        var testing = Enumerable.Range(0, plan.Jobs)
            .Select(_ => TestAllAsync(run, journal, ready.Reader, stop.Token));
        await CompleteAsync([fetching, .. testing], stop, cancellation).ConfigureAwait(false);
        times.Remember(_finished.Where(f => _booted.ContainsKey(f.Row.Id)).Select(f => (f.Row, _booted[f.Row.Id])));
        return Finish(journal, interrupted: cancellation.IsCancellationRequested);
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
            var fetcher = new ImageFetcher(plan.Kernels, tell, plan.Resumed, plan.Retries, clock);
            await fetcher.FetchAllAsync(Take, cancellation).ConfigureAwait(false);
        }
        finally
        {
            ready.TryComplete();
        }

        async ValueTask Take(Kernel kernel, ImageResult result)
        {
            if (result is ImageResult.Available { Image: var image } available)
            {
                var unpacked = image with
                {
                    Vmlinux = await unpacker.UnpackAsync(image, kernel.Machine, cancellation).ConfigureAwait(false),
                };
                var needs = KernelNeed.Common.Concat(kernel.Machine.Needs).Concat(plan.Needs);
                if (await ConfigurationCheck.ProblemAsync(kernel, unpacked, needs, cancellation).ConfigureAwait(false)
                    is { } problem)
                {
                    Finished(journal, KernelResultFactory.Make(
                        kernel, new ImageResult.Unavailable(problem) { Retries = result.Retries }, plan.Expectations));
                    return;
                }
                var next = new ReadyKernel(
                    kernel, plan.Plain ? image : unpacked,
                    times.Expected(image.Sha256, _accelerators.LikelyOf(kernel.Machine)),
                    Interlocked.Increment(ref order))
                {
                    BuildTime = available.BuildTime,
                    Retries = KernelResultFactory.RetriesOf(result),
                };
                await ready.WriteAsync(next, cancellation).ConfigureAwait(false);
                return;
            }
            Finished(journal, KernelResultFactory.Make(kernel, result, plan.Expectations));
        }
    }

    private async Task TestAllAsync(
        KernelRun run, Journal journal, ChannelReader<ReadyKernel> ready, CancellationToken cancellation)
    {
        await foreach (var next in ready.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            var (kernel, image) = (next.Kernel, next.Image);
            var guests = await _guests.OfAsync(kernel.Machine, cancellation).ConfigureAwait(false);
            if (guests.Problem is { } problem)
            {
                var failed = new ImageResult.Failed(problem);
                var row = KernelResultFactory.Make(kernel, failed, plan.Expectations);
                Finished(journal, next.Retries.Count == 0 ? row : row with { Retries = next.Retries });
                continue;
            }
            var accelerator = await _accelerators.OfAsync(kernel, image, guests.Image(guests.Tasks), cancellation)
                .ConfigureAwait(false);
            var (key, known) = await _reuse.FindAsync(next, guests, accelerator, cancellation).ConfigureAwait(false);
            if (known is not null && _reuse.TakeOver(known, next, accelerator) is { } taken)
            {
                Finished(journal, taken);
                continue;
            }
            _booted[kernel.Id] = accelerator;
            var result = await run.TestAsync(next, guests, accelerator, cancellation).ConfigureAwait(false);
            _accelerators.Note(result);
            var compared = KernelReuse.Compared(result, known);
            Finished(journal, compared);
            _reuse.Remember(compared, key);
        }
    }

    private void Finished(Journal journal, KernelResult measured)
    {
        var result = CaseTimes.Without(_results.Share(measured));
        var caseTimes = journal.Append(measured);
        lock (_gate)
        {
            _finished.Add((result, caseTimes));
        }
        tell(new RunEvent.Finished(result));
    }

    private RunDocument Finish(Journal journal, bool interrupted)
    {
        var factory = new RunDocumentFactory(plan, environment);
        var choice = _accelerators.ChoiceOf(factory.Machine);
        foreach (var note in vm.Notes)
        {
            tell(new RunEvent.Noted(note));
        }
        var rows = _finished.Select(f => f.Times is { } place ? journal.ReadTimes(f.Row, place) : f.Row);
        var document = factory.Make(rows, choice, vm.Notes, clock.GetUtcNow(), interrupted);
        ResultsFile.Write(Path.Combine(plan.Directory, ResultsFile.Name), document);
        Files.Remove(Path.Combine(plan.Directory, RunDirectory.WorkName));
        return document;
    }
}
