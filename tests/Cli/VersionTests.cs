using System.Runtime.InteropServices;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>What <c>harness --version</c> says, and the file VERSION that it says it from.</summary>
public sealed class VersionTests
{
    private static readonly string _version =
        File.ReadAllText(Path.Combine(RealRun.Repository.Path, "VERSION")).TrimEnd();

    [Test]
    public async Task It_says_version_commit_and_runtime()
    {
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("--version"), Is.Zero, terminal.Error);
        Assert.That(terminal.Output.Split('\n'), Is.EqualTo(new[]
        {
            $"harness {_version}",
            $"commit {HarnessBuild.Current.Commit ?? "unknown"}",
            $"runtime .NET {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}",
            "",
        }));
    }

    [TestCase("1.2.3", "1.2.3", null)]
    [TestCase("1.2.3+0123abc", "1.2.3", "0123abc")]
    public void The_commit_stands_behind_a_plus_sign(string informational, string version, string? commit)
    {
        var build = HarnessBuild.Parse(informational);
        Assert.That((build.Version, build.Commit, build.ToString()), Is.EqualTo((version, commit, informational)));
    }

    [Test]
    public void The_changelog_begins_with_this_version()
    {
        var changes = File.ReadLines(Path.Combine(RealRun.Repository.Path, "CHANGELOG.md"));
        Assert.That(changes.First(line => line.StartsWith("## ", StringComparison.Ordinal)),
            Does.StartWith($"## {_version},"));
    }
}
