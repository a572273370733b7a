using Harness.Ktap;

namespace Harness.Probes.Exec;

/// <summary>
/// What a report says about programs: a case for each, and for each result that it wrote as TAP or KTAP. The guest may
/// write what it likes. Pure.
/// </summary>
internal static class ExecResults
{
    /// <summary>The names of the texts that the native side hands on (bpf/exec/README.md).</summary>
    private const string Output = "out";
    private const string Errors = "err";

    public static IReadOnlyList<ProbedCase> Of(ProbeReport report)
    {
        var texts = report.Texts.ToLookup(text => text.Case, StringComparer.Ordinal);
        return [.. report.Cases.SelectMany(program => Of(
            program,
            texts[program.Id].FirstOrDefault(text => text.Name == Output),
            texts[program.Id].FirstOrDefault(text => text.Name == Errors)))];
    }

    /// <summary>What programs wrote, as files of the run.</summary>
    public static IEnumerable<CaseFile> Files(ProbeReport report) =>
        report.Texts.Where(text => text.Text.Length > 0 && text.Name is Output or Errors)
            .Select(text => new CaseFile(text.Case, text.Name, text.Text));

    private static IEnumerable<ProbedCase> Of(ProbedCase program, CaseText? output, CaseText? errors)
    {
        var endedByItself = program.Step is not (ExecSteps.Signal or ExecSteps.Timeout);
        var tap = output is null ? null : TapReader.Read(output.Text, endedByItself && output.Lost == 0);
        if (tap is null || !tap.IsTap)
        {
            return [WithEvidence(program, output, errors)];
        }
        var tests = TapCases.Of(program, tap.Tests);
        var whole = ExecVerdict.Of(program, tap, output!.Lost, tests.Count);
        var problems = tap.Problems.Count == 0 ? null : string.Join('\n', tap.Problems);
        return [WithEvidence(whole, tap, problems, errors), .. tests];
    }

    private static ProbedCase WithEvidence(ProbedCase program, CaseText? output, CaseText? errors) =>
        program.Outcome == program.Want ? program
            : program with { Evidence = Join(End(output), End(errors)) };

    private static ProbedCase WithEvidence(ProbedCase program, TapText tap, string? problems, CaseText? errors) =>
        program.Outcome == program.Want
            ? program with { Evidence = problems }
            : program with { Evidence = Join(Join(problems, OutputText.End(tap.Log)), End(errors)) };

    private static string? End(CaseText? text) => text is null ? null : OutputText.End(text.Text.Split('\n'));

    private static string? Join(string? first, string? second) =>
        first is null ? second : second is null ? first : $"{first}\n{second}";
}
