namespace Harness.Bisection;

/// <summary>The exit code of <c>harness bisect</c>.</summary>
public static class BisectExitCode
{
    public static int Of(BisectResult result) => result switch
    {
        BisectResult.Found => ExitCodes.AsExpected,
        BisectResult.EndsAgree => ExitCodes.Usage,
        BisectResult.Interrupted => ExitCodes.Interrupted,
        _ => ExitCodes.NotTestable,
    };
}
