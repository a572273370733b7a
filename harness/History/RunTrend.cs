namespace Harness.History;

/// <summary>One run, compared with those before it.</summary>
/// <param name="NotTested">How many kernels have another status than <c>tested</c>.</param>
/// <param name="Unexpected">How many cases and complaints were not as expected.</param>
/// <param name="Changes">How many answers differ from the last ones of a kernel of the same id.</param>
/// <param name="NewKernels">How many kernels no earlier run had tested.</param>
public sealed record RunTrend(
    string Run, string Directory, DateTimeOffset StartedAt, string Matrix, bool Complete, int Tested, int NotTested,
    int Pass, int Fail, int Skip, int Error, int Flaky, int Unexpected, int Changes, int NewKernels)
{
    /// <summary>How many of the tested kernels the run did not boot, as an earlier one had measured them.</summary>
    public int Known { get; init; }
}
