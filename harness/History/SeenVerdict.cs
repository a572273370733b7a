namespace Harness.History;

public sealed record SeenVerdict(string Verdict, int Runs, string LastRun);
