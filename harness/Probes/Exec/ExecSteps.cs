namespace Harness.Probes.Exec;

/// <summary>Where a case ended that did not pass.</summary>
internal static class ExecSteps
{
    /// <summary>The kernel cannot have the guest that the program wants.</summary>
    public const string Guest = "guest";

    /// <summary>The program could not be run.</summary>
    public const string Start = "start";

    /// <summary>It exited with another code than expected.</summary>
    public const string Exit = "exit";

    /// <summary>A signal ended it.</summary>
    public const string Signal = "signal";

    /// <summary>It, or one of its tests, did not end within its time.</summary>
    public const string Timeout = "timeout";

    /// <summary>Its own results say so.</summary>
    public const string Test = "test";

    public static IReadOnlyList<string> All { get; } = [Guest, Start, Exit, Signal, Timeout, Test];
}
