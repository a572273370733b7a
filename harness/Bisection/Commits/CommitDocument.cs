using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>The commit that changed the verdict.</summary>
/// <param name="Diffstat">Against its first parent.</param>
public sealed record FoundCommit(string Commit, string Subject, string Author, string Date, IReadOnlyList<string> Parents, string Diffstat);

/// <summary>A commit by name.</summary>
public sealed record NamedCommit(string Commit, string Subject);

/// <summary>The answer.</summary>
/// <param name="Older">The older end's verdict, <paramref name="Newer"/> the newer end's.</param>
/// <param name="Confirmed">The culprit's parent was built from nothing, the culprit on top of it, both were booted anew, and they said the same.</param>
/// <param name="Candidates">When the answer is a range: one of these it is.</param>
public sealed record CommitAnswer(
    BisectResult Result, string Sentence, FoundCommit? Culprit, bool Confirmed, Verdict? Older, Verdict? Newer, IReadOnlyList<NamedCommit> Candidates)
{
    /// <summary>Nothing is left to go on with.</summary>
    [JsonIgnore]
    public bool IsFinal => Result is not BisectResult.Interrupted;
}

/// <summary>How it was asked and measured.</summary>
/// <param name="Configuration">A hash of configuration and toolchain.</param>
public sealed record CommitBisectInfo(
    string Id, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string Harness, ProberInfo Prober, string? Accel, string? KernelParameters,
    string Case, NamedCommit Good, NamedCommit Bad, bool FirstParent, IReadOnlyList<string> Paths, string Configuration, int Repeat);

/// <summary><c>bisect.json</c> of a bisection over commits.</summary>
public sealed record CommitDocument(int SchemaVersion, string Kind, CommitBisectInfo Bisection, CommitAnswer Answer, IReadOnlyList<CommitStep> Steps)
{
    /// <summary>Whether the bisection in a directory ended for want of commits that tell something.</summary>
    public static bool Lacked(string directory)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, ReleaseDocument.Name)));
            return document.RootElement.GetProperty("answer").GetProperty("result").GetString() is "range" or "end_untestable";
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, BisectJson.Indented.CommitDocument);
}
