using System.Collections.Concurrent;
using System.Globalization;
using Harness.Kernels;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Bisection;

/// <summary>
/// Measures kernels in batches. Verdicts that an earlier bisection remembered are taken over; the other kernels are
/// booted by a run of the engine, in a directory of its own.
/// </summary>
/// <param name="template">The plan of each run, but for its kernels; its directory is the bisection's.</param>
public sealed class KernelMeasurer(
    RunPlan template, VirtualMachine vm, AcceleratorChooser chooser, RunEnvironment environment, TimeProvider clock,
    Action<RunEvent> tell) : IAsyncDisposable
{
    private readonly VerdictMemory _memory = new(environment.CacheRoot);

    /// <summary>The probes that the harness knows.</summary>
    public ProbeList Probes => template.Probes;

    /// <summary>The last run's facts; <c>null</c> when nothing was booted.</summary>
    public RunInfo? LastRun { get; private set; }

    /// <summary>
    /// How many batches there were: the number in the last directory's name. Directories of an earlier bisection stay,
    /// as they hold evidence.
    /// </summary>
    public int Batches { get; private set; } = LastStep(template.Directory);

    /// <summary>Kernels booted so far.</summary>
    public int Boots { get; private set; }

    /// <summary>The kernel command line of the next boot; <c>null</c> while it depends on a proof of KVM.</summary>
    public string? Parameters =>
        chooser.WithoutBoot(template.Accelerator, MachineList.Default) is { Usable: true } choice
            ? string.Join(' ',
                KernelParameters.For(MachineList.Default, choice.Accelerator, !template.Plain, template.DoesWithout))
            : null;

    public ValueTask DisposeAsync() => vm.DisposeAsync();

    /// <summary>One row for each kernel, and for each that stood in for one that is not served.</summary>
    /// <param name="name">The run directory's name; <c>step-N</c> when it is not given.</param>
    /// <param name="fresh">Boots kernels even when their verdicts are remembered.</param>
    /// <param name="remember">Whether to remember the verdicts; not when the next boot may contradict them.</param>
    /// <exception cref="OperationCanceledException">Interrupted; earlier verdicts are remembered.</exception>
    public async Task<IReadOnlyList<MeasuredKernel>> MeasureAsync(
        IReadOnlyList<PlannedKernel> kernels, CancellationToken cancellation, string? name = null, bool fresh = false,
        bool remember = true)
    {
        Batches++;
        var measured = new ConcurrentQueue<MeasuredKernel>();
        var unknown = new ConcurrentQueue<PlannedKernel>();
        var parameters = Parameters;
        await new ImageFetcher(kernels, tell, null, template.Retries, clock).FetchAllAsync(Take, cancellation)
            .ConfigureAwait(false);
        var booted = unknown.IsEmpty
            ? []
            : await BootAsync([.. unknown], name, remember, cancellation).ConfigureAwait(false);
        return [.. measured, .. booted];

        ValueTask Take(Kernel kernel, ImageResult result)
        {
            if (result is not ImageResult.Available { Image: var image })
            {
                var row = KernelResultFactory.Make(kernel, result, template.Expectations);
                measured.Enqueue(new MeasuredKernel(kernel, row, false, null, null));
            }
            else if (!fresh && parameters is not null && Recall(kernel, image.Sha256, parameters) is { } known)
            {
                measured.Enqueue(known);
            }
            else
            {
                // The image was verified just now; the engine need not do it again.
                unknown.Enqueue(new PlannedKernel(kernel with { Source = new ImageAtHand(image) }));
            }
            return ValueTask.CompletedTask;
        }
    }

    private static int LastStep(string directory) => !Directory.Exists(directory) ? 0
        : Directory.EnumerateDirectories(directory, "step-*")
            .Select(path =>
                int.TryParse(Path.GetFileName(path)["step-".Length..], NumberStyles.None, CultureInfo.InvariantCulture,
                    out var number) ? number : 0)
            .DefaultIfEmpty().Max();

    private async Task<IReadOnlyList<MeasuredKernel>> BootAsync(
        IReadOnlyList<PlannedKernel> kernels, string? name, bool remember, CancellationToken cancellation)
    {
        name ??= string.Create(CultureInfo.InvariantCulture, $"step-{Batches}");
        var directory = Path.Combine(template.Directory, name);
        var plan = template with
        {
            Kernels = kernels,
            Directory = directory,
            Request = template.Request with
            {
                RunId = $"{template.Request.RunId}-{Batches}",
                StartedAt = clock.GetUtcNow(),
            },
        };
        var document = await new RunEngine(plan, vm, chooser, environment, clock, tell).RunAsync(cancellation)
            .ConfigureAwait(false);
        LastRun = document.Run;
        var measured = new List<MeasuredKernel>();
        foreach (var result in document.Kernels.Where(k => k.Status != KernelStatus.NotRun))
        {
            Boots += result.Attempts > 0 ? 1 : 0;
            var ktap = new RunDirectory(directory).Ktap(result.Id, template.LabelOf(template.Tasks.First().Program));
            var evidence = File.Exists(ktap) ? ktap : null;
            var kernel = kernels.Single(k => k.Kernel.Id == result.Id).Kernel;
            measured.Add(new MeasuredKernel(kernel, result, false, directory, evidence));
            if (remember)
            {
                Remember(result, document.Run.KernelParameters, evidence);
            }
        }
        cancellation.ThrowIfCancellationRequested();
        return measured;
    }

    private void Remember(KernelResult result, string parameters, string? evidence)
    {
        if (result is not { Status: KernelStatus.Tested, Sha256: { } image })
        {
            return; // A failure may not happen again, so it is not remembered.
        }
        foreach (var task in template.Tasks)
        {
            var cases = result.Cases.Select(c => c.Id).Where(task.Covers).ToHashSet(StringComparer.Ordinal);
            _memory.Remember(new VerdictKey(image, task.Program.Sha256, parameters), result, cases, evidence);
        }
    }

    /// <summary>
    /// What a case's answer holds is remembered only as far as it was asked for then: just one id can be looked for.
    /// </summary>
    private bool HoldsWhatIsAsked(ProgramTask task, RememberedKernel known) => !task.Cases.Any(c => c.Opens)
        || template.CaseGlobs.All(glob => known.Cases.ContainsKey(glob.Pattern));

    /// <summary>
    /// The kernel's row from remembered verdicts; <c>null</c> unless every case of the bisection is remembered.
    /// </summary>
    private MeasuredKernel? Recall(Kernel kernel, string image, string parameters)
    {
        var cases = new List<ProbedAttempt>();
        RememberedKernel? known = null;
        string? evidence = null;
        foreach (var task in template.Tasks)
        {
            known = _memory.Recall(new VerdictKey(image, task.Program.Sha256, parameters));
            if (known is null || !task.Cases.All(c => known.Cases.ContainsKey(c.Id)) || !HoldsWhatIsAsked(task, known))
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
        return new MeasuredKernel(kernel, row, true, null, File.Exists(evidence) ? evidence : null);
    }
}
