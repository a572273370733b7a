using System.Text;
using System.Text.Json.Nodes;
using Harness.Bisection.Commits;
using Harness.Machines;
using Harness.Reports;
using Harness.Tests.Support;
using NJsonSchema;

namespace Harness.Tests.Bisection;

/// <summary><c>bisect --format kcidb</c>: a culprit as an issue and its incidents.</summary>
public sealed class CulpritIssueTests
{
    private static readonly (string Name, string? Url) _tree = ("linux", "https://git.example.org/linux.git");

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab
    {
        CommittedAt = new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero),
    };

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [Test]
    public async Task What_broke_something_is_an_issue_that_the_commit_has_and_its_parent_has_not()
    {
        await _lab.WithAsync(BisectLab.Accepts, BisectLab.Refuses);
        var text = Written(await DocumentAsync(0, 1))!;
        var json = JsonNode.Parse(text)!;
        var (issue, incidents) = (json["issues"]![0]!, json["incidents"]!.AsArray());
        Assert.That((string)issue["id"]!, Does.EndWith(":bisect-1"));
        Assert.That((string)issue["report_subject"]!, Does.StartWith("[REGRESSION] raw.a: reject at update"));
        Assert.That((string)issue["misc"]!["commit"]!, Is.EqualTo(_lab.Commits[1]));
        Assert.That(incidents.Select(i => (TestOf(json, i!), (bool)i!["present"]!)), Is.EqualTo(new[]
        {
            ((_lab.Commits[0], "PASS"), false), ((_lab.Commits[1], "FAIL"), true),
        }));
        Assert.That(incidents.Select(i => (int)i!["issue_version"]!), Has.All.EqualTo((int)issue["version"]!));
        Golden.Matches("kcidb-issue.json", text);
    }

    [Test]
    public async Task What_mended_something_is_an_issue_that_its_parent_has()
    {
        await _lab.WithAsync(BisectLab.Refuses, BisectLab.Accepts);
        var json = JsonNode.Parse(Written(await DocumentAsync(1, 0))!)!;
        Assert.That(json["incidents"]!.AsArray().Select(i => (TestOf(json, i!), (bool)i!["present"]!)), Is.EqualTo(new[]
        {
            ((_lab.Commits[0], "FAIL"), true), ((_lab.Commits[1], "PASS"), false),
        }));
        Assert.That((string)json["issues"]![0]!["misc"]!["effect"]!, Is.EqualTo("mended"));
    }

    [Test]
    public async Task It_is_valid_by_the_format()
    {
        await _lab.WithAsync(BisectLab.Accepts, BisectLab.Refuses);
        var schema = await JsonSchema.FromFileAsync(
            Path.Combine(Repository.Find().Path, "tests", "Fixtures", "kcidb-5.3.schema.json"));
        Assert.That(schema.Validate(Written(await DocumentAsync(0, 1))!), Is.Empty);
    }

    [Test]
    public async Task Without_a_confirmed_culprit_there_is_none()
    {
        await _lab.WithAsync(BisectLab.Accepts, null, BisectLab.Refuses);
        Assert.That(Written(await DocumentAsync(0, 2)), Is.Null);
    }

    /// <summary>The commit and the status of the test that an incident is about.</summary>
    private static (string Commit, string Status) TestOf(JsonNode json, JsonNode incident)
    {
        var test = Find("tests", incident["test_id"]!);
        var checkout = Find("checkouts", Find("builds", test["build_id"]!)["checkout_id"]!);
        return ((string)checkout["git_commit_hash"]!, (string)test["status"]!);

        JsonNode Find(string list, JsonNode id) =>
            json[list]!.AsArray().Single(item => (string)item!["id"]! == (string)id!)!;
    }

    private async Task<CommitDocument> DocumentAsync(int good, int bad)
    {
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[good], _lab.Commits[bad], conclude: true);
        var run = Samples.Run();
        var info = new CommitBisectInfo(
            "bisect-1", run.StartedAt, run.FinishedAt, "1.0.0", run.Prober, "tcg", "quiet", "raw.a",
            new NamedCommit(_lab.Commits[good], "good"), new NamedCommit(_lab.Commits[bad], "bad"), false, [],
            Samples.Sha256, 1);
        return new CommitDocument(1, "commits", info, answer,
            [.. steps.Select(step => step with { BuildSeconds = 20, Seconds = 2.5 })])
        {
            Mail = _lab.Mail,
        };
    }

    private string? Written(CommitDocument document)
    {
        var plan = _lab.Lab.Runs.Plan();
        var asked = RunLab.Asking(plan, [RunLab.Cases[0]])[0];
        if (CulpritIssue.Of(document, plan.Probes, asked, _tree, MachineList.Default, Samples.Run().Host)
            is not var (story, issue))
        {
            return null;
        }
        using var stream = new MemoryStream();
        KcidbReport.WriteIssue(story, issue, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
