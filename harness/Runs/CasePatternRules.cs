using Harness.Machines;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>The selection of cases travels to the guest on the kernel's command line, which has its limits.</summary>
internal static class CasePatternRules
{
    /// <summary>In characters: what fits on the shortest command line of all machines.</summary>
    private static int Limit => MachineList.All.Min(VirtmeArguments.RoomForCases);

    /// <summary>In patterns: bpf/shared/options.h has room for so many.</summary>
    private const int Most = 256;

    /// <exception cref="UsageException">The patterns do not fit, or have a character that ends a parameter.</exception>
    public static void RequireShort(IReadOnlyList<string> patterns)
    {
        if (patterns.Count > Most || patterns.Sum(p => p.Length + 1) > Limit)
        {
            throw new UsageException($"--case: the patterns are longer than {Limit} characters, or more than"
                + $" {Most}, which a kernel's command line cannot hold; use fewer, with wildcards");
        }
        if (patterns.FirstOrDefault(p => p.Any(c => char.IsWhiteSpace(c) || c is '"' or ',')) is { } bad)
        {
            throw new UsageException($"--case: '{bad}' has a character that no case id has");
        }
    }
}
