namespace Harness.Results;

/// <summary>
/// A case's status differs between two kernels, of one architecture, that were measured one after the other.
/// </summary>
/// <param name="Cause">Of the end that is not as wanted, where an expectation or a rule knows it.</param>
public sealed record Transition(
    string Case, Outcome Want, string Arch, TransitionEnd From, TransitionEnd To, string? Cause, string? Source);
