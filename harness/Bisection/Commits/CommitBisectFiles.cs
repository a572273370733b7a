using Harness.Kernels.Git;
using Harness.Reports;
using Harness.Results;
using Harness.Runs;

namespace Harness.Bisection.Commits;

/// <summary>What a bisection over commits leaves in its directory for its readers.</summary>
internal sealed class CommitBisectFiles(
    GitRepository git, CommitQuestion question, CommitRequest request, RunPlan plan,
    IReadOnlyList<CompilerWorkshop> workshops)
{
    /// <summary>Writes <c>bisect.json</c> and <c>bisect.md</c>.</summary>
    /// <param name="good">The good end; <c>null</c> when it was looked for and not found.</param>
    /// <param name="last">The last run's facts; <c>null</c> when nothing was booted.</param>
    public CommitDocument Write(
        CommitAnswer answer, Commit? good, Commit bad, CulpritMail? mail, IReadOnlyList<CommitStep> steps,
        RunInfo? last, TimeProvider clock)
    {
        var info = new CommitBisectInfo(
            plan.Request.RunId, plan.Request.StartedAt, clock.GetUtcNow(), HostFacts.HarnessVersion,
            new ProberInfo(plan.Programs[0].Program.Sha256, 1),
            last?.Accel, last?.KernelParameters,
            question.Case, good is null ? null : Named(good), Named(bad),
            question.FirstParent, question.Paths, CompilerWorkshop.IdentityOf(workshops), request.Repeat)
        {
            GoodIsFound = question.Good is null,
            FurtherGood = [.. question.FurtherGood.Select(Named)],
            Skipped = question.Skipped,
            Compilers = workshops.Select(workshop => workshop.Compiler).OfType<Compiler>().ToList() is
            { Count: > 0 } compilers ? compilers : null,
        };
        var document = new CommitDocument(ReleaseDocument.CurrentSchemaVersion, "commits", info, answer, steps)
        {
            Mail = mail,
        };
        BisectDirectory.Write(plan.Directory, document.ToJson(), CommitReport.Write(document));
        return document;

        static NamedCommit Named(Commit commit) => new(commit.Id, commit.Subject);
    }

    /// <summary>Writes a confirmed culprit in KCIDB's format.</summary>
    public async Task WriteIssueAsync(
        CommitDocument document, HostInfo host, Action<BisectEvent> tell, CancellationToken cancellation)
    {
        var path = Path.Combine(plan.Directory, CulpritIssue.FileName);
        var tree = (Path.GetFileName(git.Directory), await git.PublicUrlAsync(cancellation).ConfigureAwait(false));
        if (CulpritIssue.Of(document, plan.Probes, plan.Programs[0], tree, request.Build.Machine, host)
            is not var (story, issue))
        {
            File.Delete(path); // An earlier answer's.
            tell(new BisectEvent.Noted($"{CulpritIssue.FileName} is not written: no culprit is confirmed"));
            return;
        }
        Files.Replace(path, stream => KcidbReport.WriteIssue(story, issue, stream));
        tell(new BisectEvent.Noted($"for KernelCI: {path}"));
    }
}
