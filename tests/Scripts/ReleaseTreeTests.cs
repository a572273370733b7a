using System.Text.RegularExpressions;
using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Scripts;

/// <summary>
/// The scripts as a release has them, with a stand-in for the harness. scripts/check-dist tries the real release.
/// </summary>
public sealed partial class ReleaseTreeTests
{
    private TemporaryDirectory _release = null!;

    [SetUp]
    public void Unpack()
    {
        _release = new TemporaryDirectory();
        _release.Write("lib/harness/harness", "#!/bin/sh\necho \"harness $* in $(basename \"$PWD\")\"\n");
        File.SetUnixFileMode(_release["lib", "harness", "harness"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var script in Scripts())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_release[script])!);
            File.Copy(Path.Combine(RealRun.Repository.Path, script), _release[script]);
        }
        Directory.CreateDirectory(_release["bin"]);
        File.CreateSymbolicLink(_release["bin", "harness"], "../scripts/harness");
    }

    [TearDown]
    public void Remove() => _release.Dispose();

    [Test]
    public void It_has_every_file_that_its_scripts_read()
    {
        var scripts = Scripts().ToList();
        var read = scripts.SelectMany(script => SourcedPattern().Matches(File.ReadAllText(_release[script])))
            .Select(match => match.Groups["file"].Value).Distinct().ToList();
        Assert.That(read, Has.Some.EqualTo("scripts/lib/launch.bash"));
        Assert.That(scripts, Is.SupersetOf(read));
    }

    [TestCase("bin/harness", "harness list --json in elsewhere\n")]
    [TestCase("scripts/nightly", "harness nightly list --json in elsewhere\n")]
    public async Task Its_own_harness_is_started_where_the_user_is(string launcher, string said)
    {
        Directory.CreateDirectory(_release["elsewhere"]);
        var result = await new Command(_release[launcher]).WithArguments(["list", "--json"])
            .WithWorkingDirectory(_release["elsewhere"]).TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardOutput, result.StandardError), Is.EqualTo((0, said, "")));
    }

    [Test]
    public async Task No_SDK_is_looked_for_and_what_only_a_checkout_needs_is_refused()
    {
        var installed = await SetUpAsync("--check");
        Assert.That(installed.ExitCode, Is.Zero, installed.Describe());
        var refused = await SetUpAsync("--tests");
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCodes.Usage), refused.Describe());
        Assert.That(refused.StandardError, Does.Contain("a release is neither built nor tested"));
    }

    /// <summary>What scripts/dist puts into a release as it is, of the scripts.</summary>
    private static IEnumerable<string> Scripts()
    {
        var repository = RealRun.Repository.Path;
        var list = SharedPattern().Match(File.ReadAllText(Path.Combine(repository, "scripts", "dist")));
        return list.Groups["files"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(name => name.StartsWith("scripts/", StringComparison.Ordinal))
            .Where(name => File.Exists(Path.Combine(repository, name)));
    }

    [GeneratedRegex(@"^readonly shared=\((?<files>[^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex SharedPattern();

    [GeneratedRegex(@"^\s*\. ""\$repo/(?<file>[^""]+)""", RegexOptions.Multiline)]
    private static partial Regex SourcedPattern();

    /// <summary>With a dotnet that knows no SDK.</summary>
    private Task<FinishedCommand> SetUpAsync(string option)
    {
        var dotnet = _release.Write("path/dotnet", "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new Command(_release["scripts", "setup"]).WithArguments([option])
            .WithEnvironmentVariable("DOTNET_ROOT", null)
            .WithEnvironmentVariable("PATH", $"{_release["path"]}:{Environment.GetEnvironmentVariable("PATH")}")
            .TryRunAsync(CancellationToken.None);
    }
}
