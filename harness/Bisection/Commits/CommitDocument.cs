using System.Text.Json;

namespace Harness.Bisection.Commits;

/// <summary><c>bisect.json</c> of a bisection over commits.</summary>
public sealed record CommitDocument(
    int SchemaVersion, string Kind, CommitBisectInfo Bisection, CommitAnswer Answer, IReadOnlyList<CommitStep> Steps)
{
    /// <summary>What to mail about a confirmed culprit; <c>null</c> without one.</summary>
    public CulpritMail? Mail { get; init; }

    /// <summary>
    /// Whether the bisection in a directory ended without a culprit because commits gave no verdict. Without a readable
    /// document, it did not.
    /// </summary>
    public static bool IsInconclusive(string directory)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, ReleaseDocument.Name)));
            var result = document.RootElement.GetProperty("answer").GetProperty("result").GetString();
            return result is "range" or "end_untestable";
        }
        catch (Exception e) when (e is FileNotFoundException
            or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, BisectJson.Indented.CommitDocument);
}
