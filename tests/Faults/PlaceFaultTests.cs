using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>Paths, languages and time zones that nobody thinks of.</summary>
public sealed class PlaceFaultTests : FaultTests
{
    [TestCase("a b,c;d=e&f'g\"h$i`j`k(l)m*n?o#p%q\\r ü日本🐝")]
    [TestCase("two\nlines")]
    [TestCase("-n")]
    public async Task A_path_is_only_a_path_whatever_is_in_it(string name)
    {
        await AssertNoDifferenceAsync(name);
    }

    [Test]
    public Task A_long_path_is_a_path() =>
        AssertNoDifferenceAsync(Path.Combine(new string('x', 200), new string('y', 200), new string('z', 200)));

    [TestCase("tr_TR.UTF-8", "Asia/Kathmandu")]
    [TestCase("ar_SA.UTF-8", "America/St_Johns")]
    [TestCase("no such", "no such")]
    public async Task Language_and_time_zone_change_nothing(string language, string zone)
    {
        foreach (var variable in new[] { "LANG", "LC_ALL", "LANGUAGE" })
        {
            Lab.Variables[variable] = language;
        }
        Lab.Variables["TZ"] = zone;
        var before = TimeProvider.System.GetUtcNow();
        var run = await Lab.RunAsync("");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
        AssertRestIsClean(run);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(run.Directory, ResultsFile.Name)),
            Does.Match("\"startedAt\": \"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z\""));
        Assert.That(run.Document.Run.StartedAt,
            Is.InRange(before.AddSeconds(-1), TimeProvider.System.GetUtcNow()), "in UTC, in whole seconds");
    }

    /// <summary>The run directory, the cache, the temporary files and an image have such a path.</summary>
    private async Task AssertNoDifferenceAsync(string name)
    {
        Directory.CreateDirectory(Lab[name]);
        Lab.Run = Lab[name, "run"];
        Lab.Cache = Lab[name, "cache"];
        Lab.Temp = Directory.CreateDirectory(Lab[name, "temp"]).FullName;
        Directory.Move(Lab.CacheHome, Lab.Cache);
        File.Copy(CleanKernels[0].Image, Lab[name, "image"]);
        var run = await Lab.RunAsync(FaultLab.Image("odd", Lab[name, "image"]));
        AssertRow(run, ExitCodes.AsExpected, "odd", KernelStatus.Tested);
        Assert.That(run.Row("odd").Cases, Is.EqualTo(run.Row(CleanKernels[0].Id).Cases));
    }
}
