using System.Globalization;

namespace Harness.Ktap;

/// <summary>When a case was asked, as its program saw it.</summary>
/// <param name="Start">On a clock that the programs of one boot share.</param>
/// <param name="Duration">Until its answer was known.</param>
public readonly record struct CaseTime(TimeSpan Start, TimeSpan Duration)
{
    /// <summary>In microseconds: 11 days. No machine runs so long, so a larger number is not a time.</summary>
    private const long Longest = 1_000_000_000_000;

    /// <summary>Reads the value of <c>us=START+DURATION</c>; <c>null</c> for what is no such text.</summary>
    public static CaseTime? TryRead(string? text) =>
        text?.Split('+') is [var start, var duration] && Microseconds(start) is { } began
            && Microseconds(duration) is { } took
            ? new CaseTime(TimeSpan.FromMicroseconds(began), TimeSpan.FromMicroseconds(took))
            : null;

    private static long? Microseconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Longest
            ? number
            : null;
}
