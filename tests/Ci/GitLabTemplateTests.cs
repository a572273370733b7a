using System.Globalization;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Harness.Tests.Ci;

/// <summary>
/// docs/ci/gitlab-ci.yml: the script of each job, one after the other, with the variables that GitLab's runner sets.
/// </summary>
[Category("VM")]
public sealed class GitLabTemplateTests
{
    [Test]
    public async Task Shares_are_tested_joined_and_published()
    {
        using var directory = new TemporaryDirectory();
        string[] kernels = [await RealRun.NewestAsync("5.10"), await RealRun.NewestAsync("6.1")];
        Directory.CreateDirectory(directory["build"]);
        await BpfCompiler.CompileAsync(directory["build", "mine.bpf.o"], BpfCompiler.Plain);
        var template = Template();
        var options = Text(template, "variables", "KERNEL_HARNESS_OPTIONS")
            + string.Concat(kernels.Select(kernel => $" --only {kernel}"));
        var shares = int.Parse(Text(template, "kernels", "parallel"), CultureInfo.InvariantCulture);
        Assert.That(Text(template, "kernels", "variables", "SHARD"), Is.EqualTo("$CI_NODE_INDEX/$CI_NODE_TOTAL"));
        for (var index = 1; index <= shares; index++)
        {
            await RunAsync(template, Text(template, "kernels", "extends"), directory,
            [
                new("KERNEL_HARNESS_OPTIONS", options), new("SHARD", $"{index}/{shares}"),
                new("CI_JOB_ID", $"10{index}"),
            ]);
        }
        await RunAsync(template, "kernels-report", directory, [new("CI_PIPELINE_ID", "77")]);
        await RunAsync(template, "pages", directory, []);
        Assert.That(ResultsFile.Read(directory["results", "77"]).Kernels.Select(k => k.Id), Is.EquivalentTo(kernels));
        Assert.That(directory["results", "77", "junit.xml"], Does.Exist);
        Assert.That(directory["public", "index.html"], Does.Exist);
    }

    private static async Task RunAsync(
        YamlMappingNode template, string job, TemporaryDirectory project,
        IReadOnlyList<KeyValuePair<string, string?>> more)
    {
        var script = string.Join('\n', (YamlSequenceNode)((YamlMappingNode)template[job])["script"]);
        Directory.CreateDirectory(project["bin"]);
        if (!File.Exists(project["bin", "harness"]))
        {
            File.CreateSymbolicLink(
                project["bin", "harness"], Path.Combine(RealRun.Repository.Path, "scripts", "harness"));
        }
        var result = await CiShell.RunAsync(script, project.Path,
            [new("PATH", $"{project["bin"]}:{Environment.GetEnvironmentVariable("PATH")}"), .. more]);
        Assert.That(result.ExitCode, Is.Zero, result.Describe());
    }

    private static YamlMappingNode Template()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(RealRun.Repository.Path, "docs", "ci", "gitlab-ci.yml"));
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static string Text(YamlMappingNode node, params string[] keys) =>
        keys.Aggregate((YamlNode)node, (at, key) => ((YamlMappingNode)at)[key]).ToString();
}
