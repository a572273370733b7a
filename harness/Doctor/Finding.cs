using System.Text.Json.Serialization;

namespace Harness.Doctor;

/// <summary>What a check of this machine found.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Verdict"><c>ok</c>, <c>note</c> (works, could be better) or <c>bad</c> (a run would fail).</param>
/// <param name="Mend">What to do about it; <c>null</c> when nothing is to be done.</param>
public sealed record Finding(string Check, string Verdict, string Detail, string? Mend)
{
    private const string BadVerdict = "bad";

    /// <summary>A run would fail.</summary>
    [JsonIgnore]
    public bool IsBad => Verdict == BadVerdict;

    public static Finding Ok(string check, string detail) => new(check, "ok", detail, null);

    public static Finding Note(string check, string detail, string? mend) => new(check, "note", detail, mend);

    public static Finding Bad(string check, string detail, string? mend) => new(check, BadVerdict, detail, mend);
}
