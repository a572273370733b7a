namespace Harness.Story;

/// <summary>A chapter of a report.</summary>
/// <param name="Title">Its heading; <c>null</c> for one that needs none.</param>
public sealed record Section(Sentence? Title, params IReadOnlyList<Block> Blocks);
