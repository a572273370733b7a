using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Kernels.Git;

namespace Harness.Tests.Bisection;

/// <summary>What goes wrong after a culprit is confirmed is told, and the culprit is kept.</summary>
public sealed class CulpritConclusionTests
{
    private const string Accepts = BisectLab.Accepts;
    private const string Refuses = BisectLab.Refuses;

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab();

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [Test]
    public async Task A_revert_and_a_mail_that_fail_lose_no_culprit()
    {
        await _lab.WithAsync(Accepts, Refuses);
        _lab.Write("later", "and another file\n");
        await _lab.AddAsync("a later change");
        Directory.CreateDirectory(_lab.Lab.Runs["cache"]);
        File.WriteAllText(_lab.Lab.Runs["cache", "objects"], "no directory\n");
        Directory.CreateDirectory(Path.Combine(_lab.Results, CulpritMailMaker.ConfigName));
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That((answer.Result, answer.Culprit?.Commit, answer.Confirmed),
            Is.EqualTo((BisectResult.Found, _lab.Commits[1], true)), answer.Sentence);
        Assert.That((answer.Revert?.Outcome, _lab.Mail), Is.EqualTo((RevertOutcome.Untestable, (CulpritMail?)null)));
        Assert.That(answer.Revert!.Problem, Does.Contain(_lab.Lab.Runs["cache", "objects"]));
        Assert.That(answer.Sentence, Does.Contain("nothing is known: ").And.Contain("; there is no mail: ")
            .And.Contain(CulpritMailMaker.ConfigName));
    }

    [Test]
    public async Task Interrupted_before_it_ends_the_culprit_is_told_and_the_same_command_goes_on()
    {
        await _lab.WithAsync(Accepts, Refuses, Refuses);
        _lab.InterruptsConclusion = true;
        var (interrupted, _) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That((interrupted.Result, interrupted.Culprit?.Commit, _lab.Mail),
            Is.EqualTo((BisectResult.Interrupted, _lab.Commits[1], (CulpritMail?)null)));
        Assert.That(interrupted.Sentence,
            Does.EndWith("; interrupted before its revert and its mail were done: the same command goes on"));
        _lab.InterruptsConclusion = false;
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That((answer.Result, _lab.Mail is null), Is.EqualTo((BisectResult.Found, false)), answer.Sentence);
        Assert.That(steps.Select(s => (s.Commit, s.Kind == CommitStepKind.Confirmation)), Is.Unique);
    }

    [TestCase("while (1) { print \"a\\@example.org\\n\"; }")]
    [TestCase("while (1) { warn \"no idea\\n\"; }")]
    public async Task A_script_that_names_maintainers_without_an_end_is_stopped(string script)
    {
        Directory.CreateDirectory(Path.Combine(_lab.Repository, "scripts"));
        _lab.Write("scripts/get_maintainer.pl", script + "\n");
        _lab.Write("MAINTAINERS", "BPF\n");
        await _lab.CommitAsync(Accepts);
        await _lab.CommitAsync(Refuses);
        var git = await GitRepository.OpenAsync("--git", _lab.Repository, CancellationToken.None);
        var culprit = await git.CommitAsync("--bad", "HEAD", CancellationToken.None);
        var (addresses, problem) = await new Maintainers(git, _lab.Lab.Runs["maintainers"])
            .OfAsync(culprit, culprit.Id, CancellationToken.None);
        Assert.That((addresses.Count, problem),
            Is.EqualTo((0, "scripts/get_maintainer.pl says more than 64 KiB")));
    }

    [Test]
    public async Task A_repository_may_have_any_name()
    {
        using var lab = new CommitLab("li:nu\\x \"6:12\"\t");
        await lab.CommitAsync(Accepts);
        var git = await GitRepository.OpenAsync("--git", lab.Repository, CancellationToken.None);
        var commit = await git.CommitAsync("--bad", "HEAD", CancellationToken.None);
        var objects = new OwnObjects(git, lab.Lab.Runs["own:objects"]);
        var id = await objects.CommitAsync(
            commit.Tree, commit.Id, "of the harness", commit.CommittedAt, CancellationToken.None);
        var made = await objects.Reader.CommitAsync(id, CancellationToken.None);
        await new GitFiles(objects.Reader, lab.Lab.Runs["tree"], lab.Lab.Runs["lock"])
            .CheckoutAsync(made, CancellationToken.None);
        Assert.That((made.Parents.Single(), File.Exists(lab.Lab.Runs["tree", "Makefile"])),
            Is.EqualTo((commit.Id, true)));
    }
}
