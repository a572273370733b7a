using System.Text.Json;
using Harness.Bisection;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

public sealed class ReleaseReportTests
{
    private static readonly Verdict _accept = new(Outcome.Accept, null, null);
    private static readonly Verdict _refuse = new(Outcome.Reject, "update", "EINVAL");

    [Test]
    public void The_report_answers_first_and_shows_each_step() =>
        Golden.Matches("bisect.md", ReleaseReport.Write(Document()));

    [Test]
    public void The_document_is_as_documented() => Golden.Matches("bisect.json", Document().ToJson() + "\n");

    [Test]
    public void What_a_guest_said_stays_text()
    {
        var document = Document();
        document = document with { Steps = [document.Steps[0] with { Verdict = null, Problem = WholeRun.Hostile }] };
        Assert.That(ReleaseReport.Write(document), Does.Not.Contain("<script>").And.Not.Contain("[link](javascript"));
        Assert.That(() => JsonDocument.Parse(document.ToJson()).Dispose(), Throws.Nothing);
    }

    private static ReleaseDocument Document()
    {
        var between = new BisectKernel("debian-6.1.180-1-cloud-amd64", "6.1.180", null,
            "boot failed: Kernel panic - not syncing: VFS | `x`");
        var from = new BisectKernel("debian-6.1.170-1-cloud-amd64", "6.1.170", _accept, null);
        var to = new BisectKernel("debian-6.1.192-2-cloud-amd64", "6.1.192", _refuse, null);
        var change = new ReleaseTransition("raw.a", "x86_64",
            new TransitionEnd(from.Kernel, "6.1.170", CaseStatus.Pass, Outcome.Accept, null, null),
            new TransitionEnd(to.Kernel, "6.1.192", CaseStatus.Fail, Outcome.Reject, "update", "EINVAL"), "timer_off",
            "a commit", [between.Kernel]);
        return new ReleaseDocument(ReleaseDocument.CurrentSchemaVersion, "releases",
            new ReleaseBisectInfo("bisect-20260131-235959", Samples.Run().StartedAt, Samples.Run().FinishedAt, "1.0.0",
                new ProberInfo(Samples.Sha256, 1), "tcg",
                "loglevel=4 panic=-1", "raw.a", false, from.Kernel, to.Kernel, 3, 2),
            new ReleaseAnswer(BisectResult.Range, "raw.a changed between the two; where exactly is open", from, to,
                [between]),
            [
                new ReleaseStep(1, from.Kernel, "6.1.170", _accept, null, false, 4.25, "step-1/console/a.log",
                    "step-1/ktap/a.ktap"),
                new ReleaseStep(1, to.Kernel, "6.1.192", _refuse, null, true, 0, null,
                    "../bisect-1/step-1/ktap/b.ktap"),
                new ReleaseStep(2, between.Kernel, "6.1.180", null, between.Problem, false, 1.5, "step-2/console/c.log",
                    null),
            ])
        {
            Transitions = [change],
        };
    }
}
