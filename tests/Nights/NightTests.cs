using Harness.Nights;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Nights;

/// <summary>A night whose verbs are fake: what it makes of their exit codes and of results.json.</summary>
public sealed class NightTests
{
    [TestCase("{}", false, TestName = "A_night_whose_results_cannot_be_read_is_none_to_compare_with")]
    [TestCase(null, true, TestName = "A_night_whose_results_are_whole_is_the_next_one_to_compare_with")]
    public async Task Only_a_night_whose_results_can_be_read_moves_the_baseline(string? results, bool moves)
    {
        using var directory = new TemporaryDirectory();
        var events = new List<NightEvent>();
        var night = new Night(Options(directory), RunAsync, TimeProvider.System, events.Add);
        Assert.That(await night.RunAsync(CancellationToken.None), Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(new DirectoryInfo(directory["results", "baseline"]).LinkTarget is not null, Is.EqualTo(moves));
        Assert.That(events.OfType<NightEvent.Warned>().Count(), Is.EqualTo(moves ? 0 : 1));

        Task<VerbResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        {
            if (arguments[0] == "run")
            {
                var run = Directory.CreateDirectory(arguments[arguments.ToList().IndexOf("--out") + 1]).FullName;
                ResultsFile.Write(Path.Combine(run, ResultsFile.Name), Samples.Document(Samples.Kernel("6.1.5")));
                if (results is not null)
                {
                    File.WriteAllText(Path.Combine(run, ResultsFile.Name), results);
                }
            }
            return Task.FromResult(new VerbResult(ExitCodes.AsExpected, ""));
        }
    }

    private static NightOptions Options(TemporaryDirectory directory) =>
        new(directory["matrix.yaml"], directory["results"], directory["site"], 30, null, []);
}
