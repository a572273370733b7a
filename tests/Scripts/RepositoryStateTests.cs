using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Scripts;

/// <summary>tests/kernel-history/repository.bash, which says whether a bisection left a repository as it was.</summary>
public sealed class RepositoryStateTests
{
    private const string Bisection = "git worktree add -q --detach ../harness-bisect-1";

    [TestCase("true", "true", null)]
    [TestCase(Bisection, "true", null, TestName = "A_bisection_that_was_interrupted_before")]
    [TestCase(Bisection, "rm -r ../harness-bisect-1", null, TestName = "Its_directory_is_tidied_away_meanwhile")]
    [TestCase(Bisection, "git worktree remove ../harness-bisect-1", null, TestName = "A_later_bisection_forgets_it")]
    [TestCase("true", Bisection, "it: it left its worktree", TestName = "A_bisection_that_leaves_its_worktree")]
    [TestCase("true", "git worktree add -q --detach ../mine", "it: the tree is not what it was")]
    [TestCase("git worktree add -q --detach ../mine", "rm -r ../mine", "it: the tree is not what it was")]
    [TestCase("true", "git tag new", "it: the tree is not what it was")]
    [TestCase("true", "echo new >file", "it: the tree is not what it was")]
    public async Task What_is_the_users_must_stay_as_it_was(string earlier, string meanwhile, string? complaint)
    {
        using var files = new TemporaryDirectory();
        var script = Path.Combine(RealRun.Repository.Path, "tests", "kernel-history", "repository.bash");
        var result = await new Command("bash").WithArguments(
            [
                "-euc", $$"""
                die() { printf '%s\n' "$1"; exit 1; }
                . '{{script}}'
                linux='{{files["linux"]}}'
                git init -q "$linux"
                cd "$linux"
                git -c user.name=U -c user.email=u@example.org commit -q --allow-empty -m start
                {{earlier}}
                remember
                {{meanwhile}}
                unchanged it
                """,
            ])
            .TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardOutput),
            Is.EqualTo((complaint is null ? 0 : 1, complaint is null ? "" : complaint + "\n")), result.Describe());
    }
}
