using Harness.Machines;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>The selection of cases travels to the guest on the kernel's command line, which has its limits.</summary>
internal static class CasePatternRules
{
    /// <summary>In patterns: bpf/shared/options.h has room for so many.</summary>
    private const int Most = 256;

    /// <param name="architectures">Of the kernels that are asked, as <c>uname -m</c> says.</param>
    /// <exception cref="UsageException">The patterns do not fit, or have a character that ends a parameter.</exception>
    public static void RequireShort(IReadOnlyList<string> patterns, IEnumerable<string> architectures)
    {
        if (patterns.Count > Most)
        {
            throw new UsageException($"--case: {patterns.Count} patterns, more than the {Most} that a prober takes; use"
                + " fewer, with wildcards");
        }
        var machines = architectures.Distinct(StringComparer.Ordinal).Select(MachineList.Find).OfType<Machine>();
        foreach (var machine in machines)
        {
            // In characters.
            var limit = VirtmeArguments.RoomForCases(machine);
            if (patterns.Sum(p => p.Length + 1) > limit)
            {
                throw new UsageException($"--case: the patterns are longer than {limit} characters, which is all that"
                    + $" the command line of kernels of {machine.Name} has room for; use fewer, with wildcards");
            }
        }
        if (patterns.FirstOrDefault(p => p.Any(c => char.IsWhiteSpace(c) || c is '"' or ',')) is { } bad)
        {
            throw new UsageException($"--case: '{bad}' has a character that no case id has");
        }
    }
}
