namespace Harness.History;

/// <summary>One run in a row of them.</summary>
/// <param name="NotTested">Kernels of any other status.</param>
/// <param name="Unexpected">Cases that were not as expected.</param>
/// <param name="Changes">Cases that the same kernel, by its id, had answered otherwise when it was last asked.</param>
/// <param name="NewKernels">That no earlier run had tested.</param>
public sealed record RunTrend(
    string Run, string Directory, DateTimeOffset StartedAt, string Matrix, bool Complete, int Tested, int NotTested,
    int Pass, int Fail, int Skip, int Error, int Flaky, int Unexpected, int Changes, int NewKernels);
