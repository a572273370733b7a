using System.Text.Json;
using Harness.Bisection;
using Harness.Bisection.Commits;

namespace Harness.Site;

/// <summary>What the pages say of a bisection.</summary>
/// <param name="Directory">The name of its directory.</param>
/// <param name="Asked">What was asked for, in a sentence.</param>
/// <param name="Result">How it ended, in a word or two.</param>
/// <param name="Culprit">The commit that was found; <c>null</c> when none was.</param>
/// <param name="Files">Its two documents.</param>
internal sealed record PublishedBisection(
    string Directory, DateTimeOffset StartedAt, string Case, string Asked, string Result, string Sentence,
    FoundCommit? Culprit, IReadOnlyList<BisectionStep> Steps, IReadOnlyList<RunFile> Files)
{
    /// <summary>The bisections in a results directory, the newest first.</summary>
    /// <param name="warn">Is given the reason for each one that cannot be read.</param>
    public static IReadOnlyList<PublishedBisection> In(string results, Action<string> warn)
    {
        if (!System.IO.Directory.Exists(results))
        {
            return [];
        }
        var read = new DirectoryInfo(results).EnumerateDirectories()
            .Where(d => d.LinkTarget is null && Document(d.FullName).IsThere())
            .OrderBy(d => d.Name, StringComparer.Ordinal)
            .Select(d => Read(d, warn)).OfType<PublishedBisection>();
        return [.. read.OrderByDescending(b => b.StartedAt)];
    }

    private static RunFile Document(string directory) =>
        new(ReleaseDocument.Name, Path.Combine(directory, ReleaseDocument.Name), FileRank.Page);

    private static PublishedBisection? Read(DirectoryInfo directory, Action<string> warn)
    {
        var file = Document(directory.FullName);
        var report = new RunFile(ReleaseReport.FileName, Path.Combine(directory.FullName, ReleaseReport.FileName),
            FileRank.Page);
        IReadOnlyList<RunFile> files = report.IsThere() ? [report, file] : [file];
        try
        {
            var json = File.ReadAllBytes(file.Source);
            using var kind = JsonDocument.Parse(json);
            return kind.RootElement.GetProperty("kind").GetString() == "commits"
                ? Of(directory, JsonSerializer.Deserialize(json, BisectJson.Default.CommitDocument)!, files)
                : Of(directory, JsonSerializer.Deserialize(json, BisectJson.Default.ReleaseDocument)!, files);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or IOException)
        {
            warn($"left out: {file.Source}: {e.Message}");
            return null;
        }
    }

    private static PublishedBisection Of(
        DirectoryInfo directory, ReleaseDocument document, IReadOnlyList<RunFile> files)
    {
        var (info, answer) = (document.Bisection, document.Answer);
        return new PublishedBisection(directory.Name, info.StartedAt, info.Case,
            $"{info.Case}, from {info.Good} to {info.Bad}", ReleaseReport.Title(answer.Result), answer.Sentence, null,
            [
                .. document.Steps.Select(s => new BisectionStep(
                    s.Step, s.Kernel, s.Verdict?.ToString() ?? s.Problem ?? "several cases", s.Seconds, s.Remembered,
                    Evidence(directory, s.Console, s.Ktap))),
            ], files);
    }

    private static PublishedBisection Of(DirectoryInfo directory, CommitDocument document, IReadOnlyList<RunFile> files)
    {
        var (info, answer) = (document.Bisection, document.Answer);
        return new PublishedBisection(directory.Name, info.StartedAt, info.Case,
            $"{info.Case}, from {(info.Good is { } good ? Named(good) : "no good end")} to {Named(info.Bad)}",
            ReleaseReport.Title(answer.Result), answer.Sentence, answer.Culprit,
            [
                .. document.Steps.Select(s => new BisectionStep(
                    s.Step, $"{s.Commit} {s.Subject}", s.Verdict?.ToString() ?? s.Problem ?? "no verdict",
                    s.BuildSeconds + s.Seconds, s.Remembered,
                    Evidence(directory, s.BuildLog, s.Config, s.Console, s.Ktap))),
            ], files);
    }

    private static string Named(NamedCommit commit) => $"{commit.Commit} ({commit.Subject})";

    /// <summary>What lies within the bisection's own directory: a document's paths are not trusted.</summary>
    private static IReadOnlyList<RunFile> Evidence(DirectoryInfo directory, params string?[] paths) =>
    [
        .. paths.OfType<string>().Where(p => p.Split('/').All(part => part is not ("" or "." or "..")))
            .Where(p => Path.GetExtension(p) is ".log" or ".ktap" or ".config")
            .Select(p => new RunFile(p, Path.Combine(directory.FullName, p), FileRank.Console))
            .Where(f => f.IsThere() && !HasLink(directory.FullName, f.Name)),
    ];

    private static bool HasLink(string root, string name) => name.Split('/').SkipLast(1)
        .Aggregate((Path: root, Found: false), (at, part) =>
            (Path.Combine(at.Path, part),
                at.Found || new DirectoryInfo(Path.Combine(at.Path, part)).LinkTarget is not null)).Found;
}
