using Harness.Results;
using Harness.Story;

namespace Harness.Probes;

/// <summary>What a probe itself adds to the story of a run; each part may be empty.</summary>
public sealed record ProbeStory
{
    /// <summary>Stands on the first screen, below the sentences that answer the first questions.</summary>
    public Func<RunDocument, IReadOnlyList<Block>> Answer { get; init; } = _ => [];

    /// <summary>Chapters of its own, between what is not as expected and what changes from kernel to kernel.</summary>
    public Func<RunDocument, IReadOnlyList<Section>> Sections { get; init; } = _ => [];

    /// <summary>Sentences at a run's end on the terminal, below the answers.</summary>
    public Func<RunDocument, IReadOnlyList<Sentence>> Summary { get; init; } = _ => [];

    /// <summary>Facts about how the run was made, for the page.</summary>
    public Func<RunDocument, IReadOnlyList<Sentence>> Made { get; init; } = _ => [];
}
