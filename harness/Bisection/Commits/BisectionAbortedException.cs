namespace Harness.Bisection.Commits;

/// <summary>
/// The bisection failed in the middle for a reason on this side: the disk is full, QEMU does not start. No verdict
/// follows from it. The state is kept, so that the same command goes on.
/// </summary>
public sealed class BisectionAbortedException(string message) : HarnessException(message, ExitCodes.NotTestable);
