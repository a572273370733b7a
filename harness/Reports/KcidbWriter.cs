using System.Text.Json;
using System.Text.RegularExpressions;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// Writes a run in KCIDB's format: checkouts, their builds, and the tests of these. KernelCI tells checkouts apart by
/// origin, tree, repository and branch, so each has a tree and a branch, and takes none without a start time.
/// </summary>
internal sealed partial class KcidbWriter(RunStory story, Uri? published, Utf8JsonWriter json)
{
    private const int Major = 5;
    private const int Minor = 3;

    private readonly KcidbObject _object = new(story, json);

    private RunDocument Document => story.Document;

    /// <param name="issue">What the run shows; <c>null</c> for a run that was made to show nothing.</param>
    public void Write(KcidbIssue? issue)
    {
        json.WriteStartObject();
        json.WriteStartObject("version");
        json.WriteNumber("major", Major);
        json.WriteNumber("minor", Minor);
        json.WriteEndObject();
        List("checkouts", Document.Kernels.DistinctBy(_object.CheckoutId), Checkout);
        List("builds", Document.Kernels, Build);
        json.WriteStartArray("tests");
        var tests = new KcidbTestWriter(Document.Run, _object, published, json);
        foreach (var kernel in Document.Kernels)
        {
            tests.Write(kernel);
            json.Flush();
        }
        json.WriteEndArray();
        if (issue is not null)
        {
            Issue(issue);
        }
        json.WriteEndObject();
    }

    /// <summary>The issue, and an incident for each kernel that has it or was shown not to.</summary>
    private void Issue(KcidbIssue issue)
    {
        json.WriteStartArray("issues");
        _object.Start(_object.Id(issue.Id));
        json.WriteNumber("version", issue.Version);
        _object.Text("report_subject", issue.Subject);
        json.WriteStartObject("culprit");
        json.WriteBoolean("code", true);
        json.WriteBoolean("tool", false);
        json.WriteBoolean("harness", false);
        json.WriteEndObject();
        _object.Text("comment", issue.Comment);
        json.WriteStartObject("misc");
        foreach (var (name, text) in issue.Facts)
        {
            _object.Text(name, text);
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("incidents");
        foreach (var kernel in Document.Kernels)
        {
            _object.Start(_object.Id($"{issue.Id}:{kernel.Id}"));
            json.WriteString("issue_id", _object.Id(issue.Id));
            json.WriteNumber("issue_version", issue.Version);
            json.WriteString("test_id", _object.TestId(Document.Run, kernel, issue.Case));
            json.WriteBoolean("present", issue.Kernels.Contains(kernel.Id));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void List(string name, IEnumerable<KernelResult> kernels, Action<KernelResult> write)
    {
        json.WriteStartArray(name);
        foreach (var kernel in kernels)
        {
            write(kernel);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Checkout(KernelResult kernel)
    {
        _object.Start(_object.CheckoutId(kernel));
        // A file that was given stands for its sources.
        _object.Text("tree_name", kernel.Checkout?.Tree ?? kernel.Id);
        _object.Text("git_repository_branch", kernel.Checkout?.Branch ?? kernel.Id);
        if (kernel.Checkout is { } checkout)
        {
            _object.Text("git_repository_url", checkout.Repository);
            _object.Text("git_commit_hash", checkout.Commit);
            // A distribution's package names no commit, and is made from the release of its upstream version.
            _object.Text("git_commit_name", checkout.Commit is null && kernel.Version is { } v ? $"v{v}" : null);
        }
        _object.Text("comment", kernel.Source);
        _object.Time("start_time", KcidbObject.Written(Document.Run.StartedAt));
        json.WriteBoolean("valid", true);
    }

    private void Build(KernelResult kernel)
    {
        _object.Start(_object.BuildId(kernel));
        json.WriteString("checkout_id", _object.CheckoutId(kernel));
        _object.Text("comment", kernel.Source);
        _object.Time("start_time", KcidbObject.Written(Document.Run.StartedAt));
        _object.Seconds("duration", kernel.BuildSeconds);
        if (Architecture().IsMatch(kernel.Arch))
        {
            json.WriteString("architecture", kernel.Arch);
        }
        // What uname -r says ends in the name of the configuration.
        _object.Text("config_name", kernel.Checkout?.Configuration ?? kernel.Release ?? kernel.Id);
        json.WriteString("status", BuildStatus(kernel));
        json.WriteStartObject("misc");
        _object.Text("kernel", kernel.Id);
        _object.Text("release", kernel.Release);
        _object.Text("version", kernel.Version);
        _object.Text("image_sha256", kernel.Sha256);
        json.WriteEndObject();
    }

    /// <summary>An image was built; of a commit without one the build has failed; else nobody here knows.</summary>
    private static string BuildStatus(KernelResult kernel) => kernel switch
    {
        { Sha256: not null } => KcidbStatus.Pass,
        { Status: KernelStatus.Unavailable, Checkout.Commit: not null } => KcidbStatus.Fail,
        _ => KcidbStatus.Miss,
    };

    [GeneratedRegex(@"^[a-z0-9_]*\z")]
    private static partial Regex Architecture();
}
