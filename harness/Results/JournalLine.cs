namespace Harness.Results;

/// <summary>One line of the journal: the request first, then a line for each finished kernel.</summary>
public sealed record JournalLine(RunRequest? Request, KernelResult? Kernel);
