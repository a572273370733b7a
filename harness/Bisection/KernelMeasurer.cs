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
    /// <summary>A kernel that takes this many times as long as the slowest of its like has hung.</summary>
    private const int LongestBoots = 8;

    private static readonly TimeSpan _shortestDeadline = TimeSpan.FromSeconds(20);

    private readonly RememberedKernels _memory = new(template, environment.CacheRoot);

    /// <summary>
    /// The longest boot of a kernel that came to its end at the first attempt; <c>null</c> before it.
    /// </summary>
    private TimeSpan? _longestBoot;

    /// <summary>A kernel was tested at the first attempt, with the parameters that save time.</summary>
    private bool _leanIsProven;

    /// <summary>The probes that the harness knows.</summary>
    public ProbeList Probes => template.Probes;

    /// <summary>
    /// A program that is asked finds this machine's files, which may change before the next bisection: what it answers
    /// is not remembered.
    /// </summary>
    public bool SeesHost => template.Tasks.Any(task => task.Program.SeesHost);

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
            ? string.Join(' ', KernelParameters.For(
                MachineList.Default, choice.Accelerator, !template.Plain, template.DoesWithout, template.Cpus))
            : null;

    /// <summary>
    /// The kernels are of one tree and built alike: the first that was tested tells how long the others may take, and
    /// that the parameters which save time suit them.
    /// </summary>
    public bool Alike { get; init; }

    /// <summary>
    /// How long the next VM may take, after the kernels that were booted; <c>null</c> while nothing tells.
    /// </summary>
    public TimeSpan? Deadline
    {
        get
        {
            if (!Alike || _longestBoot is not { } longest)
            {
                return null;
            }
            var enough = (longest * LongestBoots > _shortestDeadline ? longest * LongestBoots : _shortestDeadline)
                + TimeSpan.FromSeconds(template.Tasks.Sum(task => task.Program.Seconds));
            return enough < template.Timeout ? enough : template.Timeout ?? enough;
        }
    }

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
        name ??= string.Create(CultureInfo.InvariantCulture, $"step-{Batches}");
        var measured = new ConcurrentQueue<MeasuredKernel>();
        var recalled = new ConcurrentQueue<(MeasuredKernel Kernel, StepEvidence Kept)>();
        var unknown = new ConcurrentQueue<PlannedKernel>();
        var parameters = Parameters;
        await new ImageFetcher(kernels, tell, null, template.Retries, clock).FetchAllAsync(Take, cancellation)
            .ConfigureAwait(false);
        var booted = unknown.IsEmpty
            ? []
            : await BootAsync([.. unknown], name, remember, cancellation).ConfigureAwait(false);
        foreach (var (kernel, kept) in recalled)
        {
            kept.CopyTo(kernel.Evidence);
            measured.Enqueue(kernel with { Evidence = kernel.Evidence.Existing() });
        }
        return [.. measured, .. booted];

        ValueTask Take(Kernel kernel, ImageResult result)
        {
            if (result is not ImageResult.Available { Image: var image })
            {
                var row = KernelResultFactory.Make(kernel, result, template.Expectations);
                measured.Enqueue(new MeasuredKernel(kernel, row, false, new StepEvidence(null, null)));
            }
            else if (!fresh && parameters is not null
                && _memory.Recall(kernel, image.Sha256, parameters, name) is { } known)
            {
                recalled.Enqueue(known);
            }
            else
            {
                // The image was verified just now; the engine need not do it again.
                unknown.Enqueue(new PlannedKernel(kernel with { Source = new ImageAtHand(image, kernel.Source) }));
            }
            return ValueTask.CompletedTask;
        }
    }

    private void Experience(KernelResult result)
    {
        if (result is { Status: KernelStatus.Tested, Attempts: 1 })
        {
            var took = TimeSpan.FromSeconds(result.Seconds);
            _longestBoot = _longestBoot > took ? _longestBoot : took;
            _leanIsProven |= !result.BootedPlain;
        }
    }

    private static int LastStep(string directory) => !Directory.Exists(directory) ? 0
        : Directory.EnumerateDirectories(directory, "step-*")
            .Select(path =>
                int.TryParse(Path.GetFileName(path)["step-".Length..], NumberStyles.None, CultureInfo.InvariantCulture,
                    out var number) ? number : 0)
            .DefaultIfEmpty().Max();

    private async Task<IReadOnlyList<MeasuredKernel>> BootAsync(
        IReadOnlyList<PlannedKernel> kernels, string name, bool remember, CancellationToken cancellation)
    {
        var directory = Path.Combine(template.Directory, name);
        var plan = template with
        {
            Kernels = kernels,
            Directory = directory,
            Timeout = Deadline ?? template.Timeout,
            LeanIsProven = Alike && _leanIsProven,
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
            var evidence = _memory.EvidenceIn(directory, result.Id).Existing();
            Experience(result);
            var kernel = kernels.Single(k => k.Kernel.Id == result.Id).Kernel;
            measured.Add(new MeasuredKernel(kernel, result, false, evidence));
            if (remember)
            {
                _memory.Remember(result, document.Run.KernelParameters, evidence);
            }
        }
        cancellation.ThrowIfCancellationRequested();
        return measured;
    }
}
