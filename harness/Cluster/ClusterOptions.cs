using Harness.Runs;

namespace Harness.Cluster;

/// <summary>What <c>cluster ENGINE run</c> is asked for.</summary>
/// <param name="Run">What is measured. Its directory is the run's; it names no share.</param>
/// <param name="Arguments">The options of <c>run</c> that say it, as a command line.</param>
/// <param name="EngineArguments">What the engine is told beside.</param>
internal sealed record ClusterOptions(
    RunOptions Run, IReadOnlyList<string> Arguments, IReadOnlyList<string> EngineArguments)
{
    /// <summary>Among how many elements kernels are divided (<c>--shards</c>); <c>null</c> for any number.</summary>
    public int? Shards { get; init; }

    /// <summary>How many kernels an element has (<c>--chunk</c>); <c>null</c> for one.</summary>
    public int? Chunk { get; init; }

    /// <summary>The cache on each node (<c>--cache</c>); <c>null</c> where its environment says it.</summary>
    public string? Cache { get; init; }

    /// <summary>How often an element that was lost is tried again (<c>--retries</c>).</summary>
    public int Retries { get; init; } = DefaultRetries;

    public const int DefaultRetries = 2;

    private const int MostRetries = 100;

    /// <exception cref="UsageException">Options contradict each other, or a value is out of range.</exception>
    public void Validate()
    {
        Run.Validate();
        if (Shards is not null && Chunk is not null)
        {
            throw new UsageException("--shards says how many elements there are, and --chunk how large each is");
        }
        if (Shards is < 1 or > Shard.Most)
        {
            throw new UsageException($"--shards takes a number from 1 to {Shard.Most}");
        }
        if (Chunk is < 1)
        {
            throw new UsageException("--chunk must be at least 1");
        }
        if (Retries is < 0 or > MostRetries)
        {
            throw new UsageException($"--retries takes a number from 0 to {MostRetries}");
        }
    }

    /// <summary>How many elements there are.</summary>
    /// <param name="most">As many as the engine takes where nobody says a number.</param>
    public int ElementsOf(int kernels, int most) => Math.Min(kernels, Shards
        ?? (Chunk is { } chunk ? (kernels + chunk - 1) / chunk : Math.Min(kernels, most)));
}
