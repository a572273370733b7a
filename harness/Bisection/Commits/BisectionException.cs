namespace Harness.Bisection.Commits;

/// <summary>What was asked cannot be bisected. Nothing was built.</summary>
public sealed class BisectionException(string message) : Exception(message);

/// <summary>Our side failed in the middle: the disk is full, QEMU would not start. No verdict follows from it, and the state is kept.</summary>
public sealed class BisectionAbortedException(string message) : Exception(message);
