using Harness.Processes;

namespace Harness.Kernels;

/// <summary>Checks, for <c>doctor</c>, programs that only some matrices need.</summary>
internal static class ProgramCheck
{
    /// <param name="name">What needs them, for the list.</param>
    public static SourceCheck Of(string name, params IReadOnlyList<string> programs)
    {
        var missing = programs.Where(program => CommandExecution.Find(program) is null).ToList();
        return missing.Count == 0
            ? new SourceCheck(name, SourceHealth.Good, string.Join(", ", programs))
            : new SourceCheck(name, SourceHealth.Limited,
                $"no {string.Join(", no ", missing)}: a matrix with them fails", "run scripts/setup --sources");
    }
}
