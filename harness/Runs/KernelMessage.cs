namespace Harness.Runs;

/// <summary>One message of a kernel on its console.</summary>
/// <param name="Line">The number of its line in the console's log, from 1.</param>
/// <param name="Time">In seconds since the kernel's start; <c>null</c> where the console does not say.</param>
/// <param name="Text">Without the time, and harmless (<see cref="ConsoleLine"/>).</param>
internal readonly record struct KernelMessage(int Line, decimal? Time, string Text);
