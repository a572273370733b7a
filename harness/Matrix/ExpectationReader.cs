using System.Diagnostics.CodeAnalysis;

namespace Harness.Matrix;

/// <summary>Checks expectations: each names cases or kernels, a status, and why.</summary>
internal static class ExpectationReader
{
    internal delegate string Place(params object[] keys);

    public static IReadOnlyList<Expectation> Read(List<ExpectationFile>? entries, Place at, List<string> problems)
    {
        var expectations = new List<Expectation>();
        foreach (var (entry, i) in (entries ?? []).Select((e, i) => (e, i)))
        {
            if (TryRead(entry, (keys) => at([i, .. keys]), problems, out var expectation))
            {
                expectations.Add(expectation);
            }
        }
        return expectations;
    }

    private static bool TryRead(ExpectationFile? entry, Place at, List<string> problems, [NotNullWhen(true)] out Expectation? expectation)
    {
        var before = problems.Count;
        expectation = null;
        if (entry is null)
        {
            problems.Add($"{at()}: an expectation is empty");
            return false;
        }
        var ofCases = entry is { Cases.Count: > 0, Status: not null, KernelStatus: null };
        var ofKernels = entry is { Cases: null, Status: null, KernelStatus: not null, Step: null, Errno: null };
        if (!ofCases && !ofKernels)
        {
            problems.Add($"{at()}: an expectation has either cases and status, or kernel_status alone");
        }
        if (entry is { Status: Results.CaseStatus.Flaky } and not { Step: null, Errno: null })
        {
            problems.Add($"{at()}: an expectation of flaky has no step and no errno: each boot may give another");
        }
        if (string.IsNullOrWhiteSpace(entry.Cause) && string.IsNullOrWhiteSpace(entry.Source))
        {
            problems.Add($"{at()}: an expectation says why: give a cause or a source");
        }
        var cases = Globs(entry.Cases, index => at("cases", index), problems);
        var kernels = Globs(entry.Kernels, index => at("kernels", index), problems);
        VersionCondition? versions = null;
        try
        {
            versions = entry.Versions is null ? null : new VersionCondition(entry.Versions);
        }
        catch (FormatException e)
        {
            problems.Add($"{at("versions")}: {e.Message}");
        }
        if (problems.Count > before)
        {
            return false;
        }
        expectation = new Expectation(at(), cases, kernels, versions, entry.Status, entry.KernelStatus,
            entry.Step, entry.Errno, entry.Cause, entry.Source, entry.Workaround);
        return true;
    }

    private static List<Glob> Globs(List<string>? patterns, Func<int, string> at, List<string> problems)
    {
        var globs = new List<Glob>();
        foreach (var (pattern, i) in (patterns ?? []).Select((p, i) => (p, i)))
        {
            try
            {
                globs.Add(new Glob(pattern ?? throw new FormatException("a pattern is missing")));
            }
            catch (FormatException e)
            {
                problems.Add($"{at(i)}: {e.Message}");
            }
        }
        return globs;
    }
}
