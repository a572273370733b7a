using Harness.Results;

namespace Harness.Bisection;

/// <summary>A change between two measured kernels, with the kernels between them that gave no verdict.</summary>
/// <param name="Untested">Ids of kernels between the two that gave no verdict; the change may be at any of
/// them.</param>
public sealed record ReleaseTransition(
    string Case, string Arch, TransitionEnd From, TransitionEnd To, string? Cause, string? Source,
    IReadOnlyList<string> Untested)
{
    public static ReleaseTransition Of(Transition transition, IReadOnlyList<string> untested) =>
        new(transition.Case, transition.Arch, transition.From, transition.To, transition.Cause, transition.Source,
            untested);
}
