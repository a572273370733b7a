using System.Diagnostics.CodeAnalysis;
using Harness.Ktap;
using Harness.Results;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>Checks expectations: each names cases or kernels, a status, and why.</summary>
/// <param name="steps">The steps of all probes.</param>
internal sealed class ExpectationReader(IReadOnlyList<string> steps)
{
    /// <summary>The name of the set of steps in rules.</summary>
    public const string Steps = "steps";

    /// <summary>The name of the set of errors that have a name.</summary>
    public const string Errnos = "errnos";

    public IReadOnlyList<Expectation> Read(List<ExpectationFile>? entries, YamlPlace at, List<string> problems)
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

    private bool TryRead(
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
        CheckWhatNoResultHas(entry, at, problems);
        var cases = Globs(entry.Cases, at["cases"], problems);
        var complaints = Globs(entry.Complaints, at["complaints"], problems);
        var kernels = Globs(entry.Kernels, at["kernels"], problems);
        var line = Parsed(entry.Line, Pattern, at["line"], problems);
        var versions = Parsed(entry.Versions?.Text, text => new VersionCondition(text), at["versions"], problems);
        if (problems.Count > before)
        {
            return false;
        }
        expectation = new Expectation(at.ToString(), cases, kernels, versions, entry.Status, entry.KernelStatus,
            entry.Step, entry.Errno, entry.Cause, entry.Source, entry.Workaround)
        {
            Complaints = complaints,
            Line = line,
        };
        return true;
    }

    /// <summary>Reports a step or an error that no result has: the entry would never match.</summary>
    private void CheckWhatNoResultHas(ExpectationFile entry, YamlPlace at, List<string> problems)
    {
        if (entry.Step is { } step && !steps.Contains(step))
        {
            problems.Add($"{at["step"]}: no probe has the step '{step}'; use one of {string.Join(", ", steps)}"
                + NearMatches.Hint(step, steps));
        }
        if (entry.Errno is { } errno && !ErrnoNames.CanBeExpected(errno))
        {
            problems.Add($"{at["errno"]}: no result has the errno '{errno}'; use a name of errno(3), such as EINVAL"
                + NearMatches.Hint(errno, ErrnoNames.All));
        }
    }

    private static bool IsOfOneKind(ExpectationFile entry) => entry
        is { Cases.Count: > 0, Status: not null, KernelStatus: null, Complaints: null }
        or { Cases: null, Status: null, KernelStatus: not null, Step: null, Errno: null, Complaints: null }
        or { Cases: null, Status: null, KernelStatus: null, Step: null, Errno: null, Complaints.Count: > 0 };

    /// <returns><c>null</c> where there is no text, or it is a problem.</returns>
    private static T? Parsed<T>(string? text, Func<string, T> parse, YamlPlace at, List<string> problems)
        where T : class
    {
        try
        {
            return text is null ? null : parse(text);
        }
        catch (FormatException e)
        {
            problems.Add($"{at}: {e.Message}");
            return null;
        }
    }

    /// <summary>Checks patterns; one that is missing or malformed is a problem.</summary>
    internal static List<Glob> Globs(List<string>? patterns, YamlPlace at, List<string> problems)
    {
        var globs = new List<Glob>();
        foreach (var (i, pattern) in (patterns ?? []).Index())
        {
            try
            {
                globs.Add(Pattern(pattern));
            }
            catch (FormatException e)
            {
                problems.Add($"{at[i]}: {e.Message}");
            }
        }
        return globs;
    }

    private static Glob Pattern(string? pattern) => string.IsNullOrEmpty(pattern)
        ? throw new FormatException("a pattern is missing")
        : new Glob(pattern);
}
