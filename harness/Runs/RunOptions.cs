using Harness.Probes;
using Harness.Results;

namespace Harness.Runs;

/// <summary>What <c>harness run</c> is asked for, as its options say; paths are as they were typed.</summary>
public sealed record RunOptions
{
    public MatrixSelection Selection { get; init; } = new();

    public BootSettings Boot { get; init; } = new();

    /// <summary>Image files to boot instead of the matrix's kernels (<c>--image</c>).</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Test just this share of the kernels (<c>--shard</c>); <c>null</c> for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>What the options of probes were given (<c>--object</c>, …).</summary>
    public ProbeOptionValues Probes { get; init; } = ProbeOptionValues.None;

    /// <summary>Patterns of case ids (<c>--case</c>); empty for all cases.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>The run directory (<c>--out</c>); <c>null</c> for one in the checkout's <c>results/</c>.</summary>
    public string? Out { get; init; }

    /// <summary>
    /// Boots of each kernel (<c>--repeat</c>); <c>null</c> for 1, or for what a resumed run was begun with.
    /// </summary>
    public int? Repeat { get; init; }

    /// <summary>An earlier run to compare with (<c>--baseline</c>): its directory or its <c>results.json</c>.</summary>
    public string? Baseline { get; init; }

    /// <summary>Go on with the interrupted run in <see cref="Out"/> (<c>--resume</c>).</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Run the cases in an order made from this number (<c>--shuffle</c>); <c>null</c> for the table's order.
    /// </summary>
    public uint? Shuffle { get; init; }

    /// <summary>
    /// Boot without parameters that only save time (<c>--plain</c>); <see cref="Images"/> are booted so in any case.
    /// </summary>
    public bool Plain { get; init; }

    /// <summary>Take over what earlier runs measured of the same kernels (<c>--reuse</c>).</summary>
    public bool Reuse { get; init; }

    /// <summary>With it, days within which each kernel is measured anew (<c>--renew</c>); <c>null</c> for never.
    /// </summary>
    public int? RenewDays { get; init; }

    /// <summary>Ask again whenever a file of <see cref="Probes"/> changes (<c>--watch</c>).</summary>
    public bool Watch { get; init; }

    /// <summary>
    /// Save each kernel when it is first booted, and not when it is booted again (<c>--warm</c>).
    /// </summary>
    public bool Warm { get; init; }

    /// <summary>Boot every kernel from its first instruction (<c>--cold</c>).</summary>
    public bool Cold { get; init; }

    /// <summary>How many bytes snapshots may take (<c>--snapshot-bytes</c>); 0 keeps none.</summary>
    public long SnapshotBytes { get; init; } = DefaultSnapshotBytes;

    /// <summary>Which snapshots the run uses and makes.</summary>
    /// <param name="begun">The run that goes on; <c>null</c> for a new one.</param>
    public SnapshotUse SnapshotsOf(RunRequest? begun) => Cold ? SnapshotUse.None
        : Warm ? new(SnapshotBytes, AtOnce: true)
        : begun?.Snapshots ?? new(SnapshotBytes, AtOnce: false);

    /// <summary>8 GiB: a hundred kernels, of which each takes 60 to 80 MB.</summary>
    public const long DefaultSnapshotBytes = 8L << 30;

    /// <summary>Checks all that can be checked without reading a matrix or a journal.</summary>
    /// <exception cref="UsageException">Options contradict each other, or a value is out of range.</exception>
    public void Validate()
    {
        ValidateOut();
        if (Images.Count > 0 && (Selection.Locked || Selection.Lock is not null || Selection.File is not null))
        {
            throw new UsageException(
                "--image takes the place of the matrix, so --kernels, --locked and --lock have none beside it");
        }
        if (Selection is { Locked: true, Lock: not null })
        {
            throw new UsageException("--locked takes the lock beside the matrix, and --lock names another");
        }
        Boot.Validate();
        if (Repeat is < 1)
        {
            throw new UsageException("--repeat must be at least 1");
        }
        if (Warm && Cold)
        {
            throw new UsageException("--warm saves each kernel to restore it, and --cold boots each");
        }
        if (SnapshotBytes < 0)
        {
            throw new UsageException("--snapshot-bytes must be at least 0");
        }
        if (Watch && (Out is not null || Resume))
        {
            throw new UsageException("--watch makes run after run, each in a directory of its own below results/;"
                + " --out and --resume name one");
        }
        if (Shard is not null && Baseline is not null)
        {
            throw new UsageException("--baseline would miss the kernels of the other shares; compare the runs when they"
                + " are joined: harness merge RUN... --out DIR --baseline FILE");
        }
        ValidateReuse();
    }

    private void ValidateReuse()
    {
        if (RenewDays is not null && !Reuse)
        {
            throw new UsageException("--renew says when --reuse measures anew, and has no meaning without it");
        }
        if (RenewDays is < 1 or > ReusePolicy.MostDays)
        {
            throw new UsageException($"--renew takes a number of days from 1 to {ReusePolicy.MostDays}");
        }
        if (Reuse && Repeat > 1)
        {
            throw new UsageException("--reuse boots no known kernel, and --repeat boots each several times");
        }
        if (Reuse && Shuffle is not null)
        {
            throw new UsageException("--reuse asks a known kernel nothing, so --shuffle would say nothing of it");
        }
    }

    private void ValidateOut()
    {
        if (Resume && Out is null)
        {
            throw new UsageException("--resume needs --out DIR, the directory of the run to go on with");
        }
        if (!Resume && Out is not null && OutDirectory.HoldsNothingMeasured(Out))
        {
            return; // It is begun anew.
        }
        if (!Resume && Out is not null && File.Exists(Path.Combine(Out, Results.Journal.Name)))
        {
            throw new UsageException($"{Out} holds a run already; give --resume to go on with it, or another --out");
        }
        if (!Resume && Directory.Exists(Out) && Directory.EnumerateFileSystemEntries(Out).Any())
        {
            throw new UsageException(
                $"--out: {Out} is not empty, and holds no run to go on with; nothing of it is overwritten");
        }
        RequireNoFile(Out);
    }

    /// <exception cref="UsageException">The output directory is a file.</exception>
    public static void RequireNoFile(string? directory)
    {
        if (File.Exists(directory))
        {
            throw new UsageException($"--out: {directory} is a file; give a directory");
        }
    }
}
