namespace Harness.Probes;

/// <summary>A question that a report's first screen answers.</summary>
/// <param name="Subject">In words, as the beginning of a sentence: "Both typed by the same struct".</param>
/// <param name="Cases">The cases that answer it.</param>
/// <param name="ToldApartBy">The part of an id that is named where these cases did not all go the same way.</param>
public sealed record FirstQuestion(string Subject, Glob Cases, string ToldApartBy);
