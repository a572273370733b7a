using Harness.Analysis;
using Harness.Results;

namespace Harness.Runs;

/// <summary>The exit code of <c>harness run</c>, from the run's results.</summary>
public static class RunExitCode
{
    /// <summary>1 where a result is unexpected or has changed. It wins over 3: a result is missing.</summary>
    public static int Of(RunDocument document) => RunEndings.Of(document) switch
    {
        RunEnding.AsExpected => ExitCodes.AsExpected,
        RunEnding.NotTestable or RunEnding.NotAsked or RunEnding.NothingTested => ExitCodes.NotTestable,
        _ => ExitCodes.Unexpected,
    };
}
