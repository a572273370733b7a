using System.Globalization;
using Harness.Analysis;
using Harness.Machines;
using Harness.Probes;
using Harness.Reports;
using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>
/// A confirmed culprit in KCIDB's format: the commit and its parent, as they were built and booted to confirm it, as
/// two checkouts with their builds and tests; an issue, and an incident for each of the two.
/// </summary>
internal static class CulpritIssue
{
    /// <summary>The file's name in the bisection's directory.</summary>
    public const string FileName = KcidbReport.FileName;

    /// <param name="document">With a mail.</param>
    /// <param name="asked">What the case is, and which probe has it.</param>
    /// <param name="tree">The repository's directory without its path, and its URL where others can use that.</param>
    /// <returns><c>null</c> where no culprit was confirmed, so that there is nothing to tell.</returns>
    public static (RunStory Story, KcidbIssue Issue)? Of(
        CommitDocument document, ProbeList probes, ProgramTask asked, (string Name, string? Url) tree, Machine machine,
        HostInfo host)
    {
        var (info, answer) = (document.Bisection, document.Answer);
        if (answer is not { Confirmed: true, Culprit: { } culprit } || document.Mail is not { } mail
            || Built(culprit.Commit) is not { } commit || Built(culprit.Parents[0]) is not { } parent)
        {
            return null;
        }
        var want = asked.Cases.FirstOrDefault(c => c.Covers(info.Case))?.Want ?? Outcome.Accept;
        var run = new RunInfo(
            info.Id, info.StartedAt, info.FinishedAt, true, info.Accel ?? "unknown", info.Harness, info.Prober, host)
        {
            KernelParameters = info.KernelParameters ?? "",
            Probes = [new ProbeInfo(asked.Program.Probe, "", asked.Program.Sha256, 1)],
        };
        var kernels = new[] { parent, commit }.Select(step => Row(step, info, want, tree, machine)).ToList();
        var bad = mail.Effect == CommitEffect.Regression ? commit : parent;
        var issue = new KcidbIssue(
            info.Id, (int)(info.FinishedAt.ToUnixTimeSeconds() / 60), mail.Subject, answer.Sentence, info.Case,
            new HashSet<string> { IdOf(bad) }, new Dictionary<string, string?>
            {
                ["case"] = info.Case,
                ["commit"] = culprit.Commit,
                ["commit_subject"] = culprit.Subject,
                ["effect"] = mail.Effect == CommitEffect.Regression ? "broke" : "mended",
                ["good"] = mail.Good.Commit,
                ["bad"] = mail.Bad.Commit,
                ["verdict_before"] = answer.Older?.ToString(),
                ["verdict_since"] = answer.Newer?.ToString(),
                ["revert"] = answer.Revert?.InWords(),
                ["doubts"] = answer.Doubts.Count == 0 ? null : string.Join("; ", answer.Doubts),
            });
        return (new RunStory(new RunDocument(RunDocument.CurrentSchemaVersion, run, kernels, []), probes), issue);

        CommitStep? Built(string id) => document.Steps.LastOrDefault(s =>
            s is { Kind: CommitStepKind.Confirmation, Verdict: not null, Image: not null } && s.Commit == id);
    }

    private static string IdOf(CommitStep step) => $"commit-{step.Commit[..12]}";

    private static KernelResult Row(
        CommitStep step, CommitBisectInfo info, Outcome want, (string Name, string? Url) tree, Machine machine)
    {
        var verdict = step.Verdict!;
        var status = verdict.Outcome is not { } outcome ? CaseStatus.Skip
            : outcome == want ? CaseStatus.Pass : CaseStatus.Fail;
        var result = new CaseResult(
            info.Case, want, verdict.Outcome, verdict.Step, verdict.Errno, status, status, step.SkipReason, null, null);
        return new KernelResult(
            IdOf(step), null, null, machine.Name, string.Create(
                CultureInfo.InvariantCulture, $"commit {step.Commit[..12]} of {tree.Name}"),
            step.Image, KernelStatus.Tested, null, 1, step.Seconds, null, [result])
        {
            StartedAt = info.StartedAt,
            BootSeconds = step.Seconds,
            BuildSeconds = step.BuildSeconds,
            Checkout = new KernelCheckout(tree.Name, step.Commit[..12], tree.Url, step.Commit, null),
        };
    }
}
