using System.Globalization;

namespace Harness.Runs;

/// <summary>One of several shares of a matrix's kernels: <c>2/3</c> is the second of three.</summary>
/// <param name="Index">From 1.</param>
/// <param name="Of">How many shares there are.</param>
public sealed record Shard(int Index, int Of)
{
    /// <summary>More shares than a matrix has kernels help nobody; this many are a mistake of the hand.</summary>
    public const int Most = 10_000;

    /// <param name="option">Names the text in the error.</param>
    /// <exception cref="UsageException">The text is no <c>I/N</c> with 1 ≤ I ≤ N.</exception>
    public static Shard Parse(string option, string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && Number(parts[0]) is { } index && Number(parts[1]) is { } of
            && index >= 1 && index <= of && of <= Most
            ? new Shard(index, of)
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"{option}: '{text}' is no share: give I/N, such as 1/3, with I from 1 to N and N at most {Most}"));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Of}");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
