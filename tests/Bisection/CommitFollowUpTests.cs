using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Kernels.Git;

namespace Harness.Tests.Bisection;

public sealed class CommitFollowUpTests
{
    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab();

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [TestCase(false, "v6.1", "v6.1.2")]
    [TestCase(true, "v6.1.2", "v6.1")]
    public async Task The_release_that_the_user_calls_good_is_the_good_end_among_commits(
        bool goodIsNewer, string good, string bad)
    {
        var findings = await _lab.Lab.BisectAsync(
            _lab.Lab.Kernels(BisectLab.Accepts, BisectLab.Refuses), goodIsNewer: goodIsNewer);
        await _lab.WithAsync(BisectLab.Accepts);
        await _lab.GitAsync("tag", "v6.1");
        await _lab.GitAsync("tag", "v6.1.2");
        var releases = findings.Answer with
        {
            From = findings.Answer.From! with { Version = "6.1" },
            To = findings.Answer.To! with { Version = "6.1.2" },
        };
        var asked = await CommitFollowUp.QuestionAsync(
            new BisectOptions { Case = "raw.a", Good = "a", Bad = "b" }, releases, _lab.Results, "kernels.yaml",
            new CommitRequest(_lab.Repository, false, [], new BuildSettings("x86_64", null, [], 1), 1), default);
        Assert.That((asked!.Good, asked.Bad), Is.EqualTo((good, bad)), releases.Sentence);
    }
}
