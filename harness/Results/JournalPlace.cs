namespace Harness.Results;

/// <summary>Where a line of the journal is.</summary>
/// <param name="Start">Of its first byte in the file.</param>
/// <param name="Length">In bytes, with its newline.</param>
public readonly record struct JournalPlace(long Start, int Length);
