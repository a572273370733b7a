using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// Writes a run in KCIDB's format: checkouts, their builds, and the tests of these. KernelCI tells checkouts apart by
/// origin, tree, repository and branch, so each has a tree and a branch, and takes none without a start time.
/// </summary>
internal sealed partial class KcidbWriter : IDisposable
{
    private readonly RunDocument _document;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;
    private readonly KcidbObject _object;
    private readonly KcidbTestWriter _tests;

    /// <param name="published">Where the run's directory is published; <c>null</c> where it is not.</param>
    public KcidbWriter(RunStory story, Uri? published)
    {
        _document = story.Document;
        _json = new(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _object = new(story, _json);
        _tests = new(_document.Run, _object, published, _json);
    }

    /// <summary>
    /// Writes a file, and a further one whenever a test would make the last too large. Each stands on its own: it has
    /// the checkouts and builds of its tests, which other files may have, too.
    /// </summary>
    /// <param name="most">In bytes, of a file that has more than one test.</param>
    /// <param name="issue">What the run shows; <c>null</c> for a run that was made to show nothing.</param>
    public void Write(Action<Action<Stream>> file, long most, KcidbIssue? issue = null)
    {
        using var tests = _document.Kernels.SelectMany(k => _tests.Of(k).Select(write => (k, write))).GetEnumerator();
        var more = tests.MoveNext();
        do
        {
            file(stream =>
            {
                using var document = new KcidbFile(stream);
                while (more && Add(document, tests.Current, most))
                {
                    more = tests.MoveNext();
                }
                document.EndTests();
                if (issue is not null)
                {
                    Issue(document, issue);
                }
                document.End();
            });
        }
        while (more);
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Adds a test, and the build and the checkout that it is of where the file has them not.</summary>
    /// <returns>Whether there was room.</returns>
    private bool Add(KcidbFile file, (KernelResult Kernel, Action Write) test, long most)
    {
        var kernel = test.Kernel;
        byte[] build = file.HasBuild(kernel) ? [] : Line(() => Build(kernel)).ToArray();
        var checkoutId = build.Length == 0 ? "" : _object.CheckoutId(kernel);
        byte[] checkout = build.Length == 0 || file.HasCheckout(checkoutId)
            ? [] : Line(() => Checkout(kernel)).ToArray();
        var line = Line(test.Write);
        if (!file.IsEmpty && file.Length + checkout.Length + build.Length + line.Length > most)
        {
            return false;
        }
        file.AddTest(line);
        if (checkout.Length > 0)
        {
            file.AddCheckout(checkoutId, checkout);
        }
        if (build.Length > 0)
        {
            file.AddBuild(kernel, build);
        }
        return true;
    }

    /// <summary>The text of an item, until the next is asked for.</summary>
    private ReadOnlySpan<byte> Line(Action write)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        write();
        _json.Flush();
        return _line.WrittenSpan;
    }

    /// <summary>The issue, and an incident for each kernel that has it or was shown not to.</summary>
    private void Issue(KcidbFile file, KcidbIssue issue)
    {
        file.AddList("issues", [Line(() => Issue(issue)).ToArray()]);
        file.AddList("incidents", _document.Kernels.Select(kernel => Line(() => Incident(issue, kernel)).ToArray()));
    }

    private void Issue(KcidbIssue issue)
    {
        _object.Start(_object.Id(issue.Id));
        _json.WriteNumber("version", issue.Version);
        _object.Text("report_subject", issue.Subject);
        _json.WriteStartObject("culprit");
        _json.WriteBoolean("code", true);
        _json.WriteBoolean("tool", false);
        _json.WriteBoolean("harness", false);
        _json.WriteEndObject();
        _object.Text("comment", issue.Comment);
        _json.WriteStartObject("misc");
        foreach (var (name, text) in issue.Facts)
        {
            _object.Text(name, text);
        }
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void Incident(KcidbIssue issue, KernelResult kernel)
    {
        _object.Start(_object.Id($"{issue.Id}:{kernel.Id}"));
        _json.WriteString("issue_id", _object.Id(issue.Id));
        _json.WriteNumber("issue_version", issue.Version);
        _json.WriteString("test_id", _object.TestId(_document.Run, kernel, issue.Case));
        _json.WriteBoolean("present", issue.Kernels.Contains(kernel.Id));
        _json.WriteEndObject();
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
        _object.Time("start_time", KcidbObject.Written(_document.Run.StartedAt));
        _json.WriteBoolean("valid", true);
        _json.WriteEndObject();
    }

    private void Build(KernelResult kernel)
    {
        _object.Start(_object.BuildId(kernel));
        _json.WriteString("checkout_id", _object.CheckoutId(kernel));
        _object.Text("comment", kernel.Source);
        _object.Time("start_time", KcidbObject.Written(_document.Run.StartedAt));
        _object.Seconds("duration", kernel.BuildSeconds);
        if (Architecture().IsMatch(kernel.Arch))
        {
            _json.WriteString("architecture", kernel.Arch);
        }
        // What uname -r says ends in the name of the configuration.
        _object.Text("config_name", kernel.Checkout?.Configuration ?? kernel.Release ?? kernel.Id);
        _json.WriteString("status", BuildStatus(kernel));
        _json.WriteStartObject("misc");
        _object.Text("kernel", kernel.Id);
        _object.Text("release", kernel.Release);
        _object.Text("version", kernel.Version);
        _object.Text("line", kernel.Line);
        _object.Text("image_sha256", kernel.Sha256);
        _json.WriteEndObject();
        _json.WriteEndObject();
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
