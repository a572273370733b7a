using System.Globalization;
using Harness.Ktap;

namespace Harness.Probes.Exec;

/// <summary>Makes a case of each result that a program wrote as TAP or KTAP. Pure.</summary>
internal sealed class TapCases
{
    /// <summary>Of one program. The kernel's largest test program has fewer than this.</summary>
    public const int Most = 4000;

    private readonly ProbedCase _program;
    private readonly List<ProbedCase> _cases = [];

    private TapCases(ProbedCase program) => _program = program;

    /// <param name="program">The case of the program as a whole.</param>
    /// <param name="tests">Its outermost tests.</param>
    /// <returns>In the text's order, a test before its subtests; the first <see cref="Most"/>.</returns>
    public static IReadOnlyList<ProbedCase> Of(ProbedCase program, IReadOnlyList<TapTest> tests)
    {
        var cases = new TapCases(program);
        cases.Add(program.Id, tests);
        return cases._cases;
    }

    private void Add(string parent, IReadOnlyList<TapTest> tests)
    {
        var parts = new IdParts();
        foreach (var (index, test) in tests.Index())
        {
            if (_cases.Count == Most)
            {
                return;
            }
            var number = (index + 1).ToString(CultureInfo.InvariantCulture);
            var id = $"{parent}.{parts.Distinct(IdParts.Of(test.Name, number))}";
            _cases.Add(Case(id, test));
            Add(id, test.Tests);
        }
    }

    private ProbedCase Case(string id, TapTest test)
    {
        var reason = Reason(test);
        var (ok, outcome) = test.Status switch
        {
            TapStatus.Passed => (true, "accept"),
            TapStatus.Failed => (false, "reject"),
            TapStatus.Skipped => (true, null),
            _ => (false, null),
        };
        var step = test.Status != TapStatus.Failed ? null
            : test.Directive == "TIMEOUT" ? ExecSteps.Timeout
            : ExecSteps.Test;
        return new ProbedCase(
            _program.Number, id, ok, test.Status == TapStatus.Skipped, _program.Want, outcome, step, null, reason)
        {
            Evidence = test.Status == TapStatus.Passed ? null : Evidence(id, test),
        };
    }

    private static string? Reason(TapTest test)
    {
        var said = OutputText.Line(test.Diagnostic);
        var reason = (test.Status, test.Directive) switch
        {
            (TapStatus.Passed, _) => null,
            (TapStatus.Failed, "TIMEOUT") => Join("it did not end within its time", said),
            (TapStatus.Failed, _) => said.Length > 0 ? said : InSubtests(test),
            (TapStatus.Skipped, "SKIP") => said.Length > 0 ? said : "its author's words are SKIP, and no reason",
            (TapStatus.Skipped, var directive) => Join($"it fails, which its author foresees ({directive})", said),
            (_, "ERROR") => Join("it could not be run (ERROR)", said),
            _ => test.Missing > 0
                ? string.Create(CultureInfo.InvariantCulture,
                    $"{test.Missing} of {test.Missing + test.Tests.Count} subtests have no result")
                : said.Length > 0 ? said : "a subtest has no result",
        };
        return reason;
    }

    private static string? InSubtests(TapTest test)
    {
        var failed = test.Tests.Count(t => t.Status == TapStatus.Failed);
        return failed == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"{failed} of {test.Tests.Count} subtests failed");
    }

    private static string Join(string words, string said) => said.Length > 0 ? $"{words}: {said}" : words;

    /// <summary>The name as it was, where the id has another, and the lines of the test.</summary>
    private static string? Evidence(string id, TapTest test)
    {
        var name = OutputText.Line(test.Name);
        IEnumerable<string> named = name.Length == 0 || id.EndsWith("." + name, StringComparison.Ordinal)
            ? [] : [name];
        return OutputText.End([.. named, .. test.Log]);
    }
}
