using System.Diagnostics.CodeAnalysis;
using Harness.Results;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>Checks expectations: each names cases or kernels, a status, and why.</summary>
internal static class ExpectationReader
{
    public static IReadOnlyList<Expectation> Read(List<ExpectationFile>? entries, YamlPlace at, List<string> problems)
    {
        var expectations = new List<Expectation>();
        foreach (var (i, entry) in (entries ?? []).Index())
        {
            if (TryRead(entry, at[i], problems, out var expectation))
            {
                expectations.Add(expectation);
            }
        }
        return expectations;
    }

    private static bool TryRead(
        ExpectationFile? entry, YamlPlace at, List<string> problems, [NotNullWhen(true)] out Expectation? expectation)
    {
        var before = problems.Count;
        expectation = null;
        if (entry is null)
        {
            problems.Add($"{at}: an expectation is empty");
            return false;
        }
        if (!IsOfOneKind(entry))
        {
            problems.Add(
                $"{at}: an expectation has either cases and status, or kernel_status alone, or complaints alone");
        }
        if (entry is { Status: CaseStatus.Flaky } and not { Step: null, Errno: null })
        {
            problems.Add($"{at}: an expectation of flaky has no step and no errno: each boot may give another");
        }
        if (string.IsNullOrWhiteSpace(entry.Cause) && string.IsNullOrWhiteSpace(entry.Source))
        {
            problems.Add($"{at}: an expectation says why: give a cause or a source");
        }
        var cases = Globs(entry.Cases, at["cases"], problems);
        var complaints = Globs(entry.Complaints, at["complaints"], problems);
        var kernels = Globs(entry.Kernels, at["kernels"], problems);
        VersionCondition? versions = null;
        try
        {
            versions = entry.Versions is null ? null : new VersionCondition(entry.Versions);
        }
        catch (FormatException e)
        {
            problems.Add($"{at["versions"]}: {e.Message}");
        }
        if (problems.Count > before)
        {
            return false;
        }
        expectation = new Expectation(at.ToString(), cases, kernels, versions, entry.Status, entry.KernelStatus,
            entry.Step, entry.Errno, entry.Cause, entry.Source, entry.Workaround)
        {
            Complaints = complaints,
        };
        return true;
    }

    private static bool IsOfOneKind(ExpectationFile entry) => entry
        is { Cases.Count: > 0, Status: not null, KernelStatus: null, Complaints: null }
        or { Cases: null, Status: null, KernelStatus: not null, Step: null, Errno: null, Complaints: null }
        or { Cases: null, Status: null, KernelStatus: null, Step: null, Errno: null, Complaints.Count: > 0 };

    private static List<Glob> Globs(List<string>? patterns, YamlPlace at, List<string> problems)
    {
        var globs = new List<Glob>();
        foreach (var (i, pattern) in (patterns ?? []).Index())
        {
            try
            {
                globs.Add(new Glob(pattern ?? throw new FormatException("a pattern is missing")));
            }
            catch (FormatException e)
            {
                problems.Add($"{at[i]}: {e.Message}");
            }
        }
        return globs;
    }
}
