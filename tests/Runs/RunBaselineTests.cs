using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class RunBaselineTests
{
    [Test]
    public void A_baseline_is_found_where_a_link_pointed()
    {
        using var directory = new TemporaryDirectory();
        var older = Directory.CreateDirectory(directory["older"]).FullName;
        File.CreateSymbolicLink(directory["latest"], "older");
        Assert.That(RunBaseline.Locate(directory["latest"]), Is.EqualTo(older));
        Assert.That(RunBaseline.Locate(directory["latest"] + "/"), Is.EqualTo(older));
        Assert.That(RunBaseline.Locate(directory["latest", ResultsFile.Name]),
            Is.EqualTo(Path.Combine(older, ResultsFile.Name)));
        Assert.That(RunBaseline.Locate(directory["none"]), Is.EqualTo(directory["none"]));
        Assert.That(RunBaseline.Locate(null), Is.Null);
    }

    [Test]
    public void Only_what_the_run_was_asked_for_is_compared()
    {
        using var directory = new TemporaryDirectory();
        var document = Samples.Document(
            Samples.Kernel("5.10.262", Samples.Case("raw.a"), Samples.Case("raw.b")),
            Samples.Kernel("6.1.192", Samples.Case("raw.a"), Samples.Case("raw.b")));
        ResultsFile.Write(directory[ResultsFile.Name], document);
        var request = Samples.Request() with
        {
            Baseline = directory.Path,
            Only = ["debian-6.1.*"],
            CaseGlobs = ["raw.a"],
        };
        var run = Samples.Document(Samples.Kernel("6.1.192", Samples.Case("raw.a")));
        Assert.That(RunBaseline.Read(request, [new Glob("raw.a")], Samples.PlaceOf,
            Samples.Probes)!.Against(run).Changed, Is.False);
        Assert.That(RunBaseline.Read(request with { Only = [], CaseGlobs = [] }, [], Samples.PlaceOf,
            Samples.Probes)!.Against(run).Changed);
        Assert.That(RunBaseline.Read(request with { Baseline = null }, [], Samples.PlaceOf, Samples.Probes), Is.Null);
    }
}
