namespace Harness.Story;

/// <summary>A point of a list.</summary>
/// <param name="Blocks">What belongs to it, below its text.</param>
public sealed record Item(Sentence Text, params IReadOnlyList<Block> Blocks);
