using System.Globalization;
using System.Text;

namespace Harness.Results;

/// <summary>Bounds the evidence of a case, which is a guest's text.</summary>
public static class CaseEvidence
{
    /// <summary>In UTF-8: design.md, section 6.</summary>
    public const int MostBytes = 8 * 1024;

    /// <summary>More than the sentence takes that stands for what is left out.</summary>
    private const int Sentence = 64;

    /// <summary>
    /// The text itself where it is short enough, else its beginning and its end: a complaint stands at either of them.
    /// </summary>
    /// <returns><c>null</c> for a text of nothing but white space.</returns>
    public static string? Bound(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= MostBytes)
        {
            // A half of a surrogate pair is no Unicode, and would be written as something else than what is compared.
            return Encoding.UTF8.GetString(bytes);
        }
        var half = (MostBytes - Sentence) / 2;
        var (end, start) = (half, bytes.Length - half);
        while (IsInside(bytes[end]))
        {
            end--;
        }
        while (IsInside(bytes[start]))
        {
            start++;
        }
        return Encoding.UTF8.GetString(bytes.AsSpan(0, end))
            + string.Create(CultureInfo.InvariantCulture, $"\n… {start - end} bytes are left out …\n")
            + Encoding.UTF8.GetString(bytes.AsSpan(start));
    }

    /// <summary>Whether a byte goes on with a character of UTF-8 that began before it.</summary>
    private static bool IsInside(byte part) => (part & 0xc0) == 0x80;
}
