using System.Globalization;
using System.Text;
using Harness.Reports;

namespace Harness.Bisection.Commits;

/// <summary><c>bisect.md</c> of a bisection over commits: the culprit, then how it was found.</summary>
internal static class CommitReport
{
    public static string Write(CommitDocument document)
    {
        var text = new StringBuilder();
        var (info, answer) = (document.Bisection, document.Answer);
        text.Line($"# {Title(answer)}").Line().Line($"**{Markdown.Escape(answer.Sentence)}**").Line();
        if (answer.Culprit is { } culprit)
        {
            text.Line($"- commit {Markdown.Code(culprit.Commit)}")
                .Line($"- subject: {Markdown.Escape(culprit.Subject)}")
                .Line($"- author: {Markdown.Escape(culprit.Author)}, {Markdown.Escape(culprit.Date)}");
            if (culprit is { Committer: { } committer, CommittedAt: { } at })
            {
                text.Line($"- committer: {Markdown.Escape(committer)}, {Markdown.Escape(at)}");
            }
            Merge(text, culprit.Merge);
            text.Line();
            foreach (var line in culprit.Diffstat.Split('\n'))
            {
                text.Line("    " + line);
            }
            text.Line();
        }
        if (answer.Suspects.Count > 0)
        {
            text.Line("## One of these").Line();
            foreach (var suspect in answer.Suspects)
            {
                text.Line($"- {Short(suspect.Commit)} {Markdown.Escape(suspect.Subject)}");
            }
            text.Line();
        }
        Steps(text, document.Steps);
        text.Line("## How it was asked").Line()
            .Line(Question(info)).Line()
            .Line($"Harness {Markdown.Escape(info.Harness)}, prober {Short(info.Prober.Sha256)}, "
                + $"configuration and toolchain {Short(info.Configuration)}"
                + (info.Accel is null ? "" : $", on {Markdown.Escape(info.Accel)}") + Replay(answer.Result)).Line();
        Mail(text, document.Mail);
        return text.ToString();
    }

    private static void Mail(StringBuilder text, CulpritMail? mail)
    {
        if (mail is null)
        {
            return;
        }
        // A fence is longer than any row of backticks in what it holds (CommonMark, 4.5).
        var fence = new string('`', Math.Max(3, LongestRow(mail.Text) + 1));
        text.Line("## Mail").Line().Line("To paste, with the files that it names.").Line().Line($"{fence}text")
            .Append(mail.Text).Line(fence);
    }

    private static int LongestRow(string text)
    {
        var (longest, row) = (0, 0);
        foreach (var c in text)
        {
            row = c == '`' ? row + 1 : 0;
            longest = Math.Max(longest, row);
        }
        return longest;
    }

    private static void Merge(StringBuilder text, FoundMerge? merge)
    {
        if (merge is null)
        {
            return;
        }
        text.Line($"- {Markdown.Escape(merge.InWords())}");
        foreach (var (i, parent) in merge.Parents.Index())
        {
            text.Line(string.Create(CultureInfo.InvariantCulture, $"- parent {i + 1}: {Short(parent.Commit)} ")
                + Markdown.Escape(parent.Subject));
        }
        if (merge.Files.Count > 0)
        {
            text.Line($"- of the merge itself: {string.Join(", ", merge.Files.Select(Markdown.Code))}");
        }
        text.Line().Line("To go on inside the merge:").Line();
        foreach (var line in merge.GoOn.Split('\n'))
        {
            text.Line("    " + line);
        }
    }

    private static string GoodEnds(CommitBisectInfo info) =>
        (info.GoodIsFound ? "looked for among the releases before" : "")
        + string.Join(" and ", info.FurtherGood.Prepend(info.Good).OfType<NamedCommit>().Select(end =>
            $"{(info.GoodIsFound ? ": " : "")}{Short(end.Commit)}"));

    private static string Question(CommitBisectInfo info) =>
        $"Case {Markdown.Code(info.Case)}; good {GoodEnds(info)}, bad {Short(info.Bad.Commit)}"
        + (info.Skipped.Count == 0 ? "" : "; given as telling nothing: "
            + string.Join(", ", info.Skipped.Select(Short)))
        + (info.Compilers is { } compilers ? "; of these compilers the first that builds: "
            + string.Join(", ", compilers.Select(c => $"{Markdown.Code(c.Name)} ({Markdown.Escape(c.Version)})")) : "")
        + (info.FirstParent ? "; first parents only" : "")
        + (info.Repeat == 1 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; each kernel booted {info.Repeat} times, and all boots had to agree"))
        + (info.Paths.Count == 0 ? "" : $"; only {string.Join(", ", info.Paths.Select(Markdown.Code))}") + ".";

    /// <summary>The end of the sentence; git was not asked when an end gave no verdict or both agreed.</summary>
    private static string Replay(BisectResult result) => result is BisectResult.EndsAgree or BisectResult.EndUntestable
        ? "."
        : $". {Markdown.Code("git bisect replay " + CommitBisection.LogName)} repeats git's part.";

    private static string Short(string hash) => Markdown.Code(hash[..12]);

    private static string Title(CommitAnswer answer) =>
        answer is { Result: BisectResult.Range, Culprit: not null }
            ? "Found, and not confirmed"
            : ReleaseReport.Title(answer.Result);

    private static void Steps(StringBuilder text, IReadOnlyList<CommitStep> steps)
    {
        text.Line("## Steps").Line().Line("| step | for | commit | verdict | build s | boot s | evidence |")
            .Line("|--:|---|---|---|--:|--:|---|");
        foreach (var step in steps)
        {
            var evidence = ReleaseReport.Evidence(
                ("build", step.BuildLog), ("config", step.Config), ("console", step.Console), ("KTAP", step.Ktap));
            var verdict = Markdown.Escape((step.Verdict?.ToString() ?? step.Problem ?? "")
                + (step.Compiler is { } compiler ? $", built with {compiler}" : ""));
            text.Line(string.Create(CultureInfo.InvariantCulture, $"| {step.Step} | {Words(step.Kind)} ")
                + $"| {Short(step.Commit)} {Markdown.Escape(step.Subject)} "
                + $"| {verdict}{(step.Remembered ? " (remembered)" : "")} "
                + $"| {Seconds(step.BuildSeconds)} | {Seconds(step.Seconds)} | {evidence} |");
        }
        text.Line();
    }

    private static string Words(CommitStepKind kind) => kind switch
    {
        CommitStepKind.End => "end",
        CommitStepKind.Confirmation => "confirmation",
        CommitStepKind.Revert => "revert",
        _ => "search",
    };

    private static string Seconds(double seconds) =>
        seconds == 0 ? "" : seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
