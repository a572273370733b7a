namespace Harness;

/// <summary>The exit codes of <c>harness</c>; other programs rely on them.</summary>
public static class ExitCodes
{
    /// <summary>Every result is as expected, nothing changed, or the verb did what it was asked to do.</summary>
    public const int AsExpected = 0;

    /// <summary>A result is not as expected, or something changed.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line, the configuration or a file is at fault; nothing was run.</summary>
    public const int Usage = 2;

    /// <summary>Something could not be tested for a reason on this side, not on the kernel's.</summary>
    public const int NotTestable = 3;

    /// <summary><c>git bisect run</c>: the commit cannot be tested, and another is tried.</summary>
    public const int BisectSkip = 125;

    /// <summary>
    /// <c>git bisect run</c>: nothing is known, and the bisection stops. It takes lower codes for verdicts.
    /// </summary>
    public const int BisectStop = 128;

    /// <summary>Interrupted by a signal; what was measured is saved.</summary>
    public const int Interrupted = 130;
}
