using System.Text.Json;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>Over real releases: either change of the case that issue 816 is about, from ends around it.</summary>
[Category("VM")]
[NonParallelizable]
public sealed class ReleaseBisectTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";

    [TestCase("5.10", "6.1")]
    [TestCase("7.3", "6.1")]
    public async Task The_change_is_found_between_adjacent_series(string good, string bad)
    {
        using var directory = new TemporaryDirectory();
        var result = await RealRun.Harness("bisect", "--json", "--accel", "tcg", "--case", Case,
            "--good", await RealRun.NewestAsync(good), "--bad", await RealRun.NewestAsync(bad), "--out",
            directory["bisect"]).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), result.Describe());
        using var document = JsonDocument.Parse(result.StandardOutput);
        var answer = document.RootElement.GetProperty("answer");
        var versions =
            new[] { "from", "to" }.Select(end => answer.GetProperty(end).GetProperty("version").GetString()!);
        Assert.That(versions, Has.Some.StartsWith("6.1.").And.Some.StartsWith(good == "5.10" ? "5.10." : "6.12."));
        var info = document.RootElement.GetProperty("bisection");
        Assert.That(info.GetProperty("boots").GetInt32(),
            Is.LessThanOrEqualTo(2 + Math.Ceiling(Math.Log2(info.GetProperty("kernels").GetInt32()))));
        Assert.That(RealRun.VirtualMachinesOf(directory.Path), Is.Empty);
    }
}
