using System.Text.Json.Serialization;

namespace Harness.Bisection.Commits;

/// <summary>An end of a bisection, as a mail tells it.</summary>
/// <param name="Typed">What the user gave, <c>v6.1</c>, or the release that <c>--good auto</c> found.</param>
/// <param name="Commit">The commit that it names.</param>
public sealed record MailedEnd(string Typed, string Commit, string Subject, Verdict? Verdict)
{
    /// <summary>The compiler that built it, of those that were given; <c>null</c> where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Compiler { get; init; }
}
