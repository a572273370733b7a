using System.Globalization;

namespace Harness.Ktap;

/// <summary>The kernel logged a warning, or worse, while a case ran.</summary>
/// <param name="Case">The case's id.</param>
/// <param name="From">Of the first message, in seconds since the kernel's start.</param>
/// <param name="To">Of the last one.</param>
public sealed record LogSpan(string Case, decimal From, decimal To)
{
    private const string Mark = "log ";

    /// <summary>Reads <c>log case=ID from=SECONDS to=SECONDS</c>; <c>null</c> for any other diagnostic.</summary>
    public static LogSpan? TryRead(string diagnostic)
    {
        if (!diagnostic.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }
        var fields = Fields.Parse(diagnostic[Mark.Length..]);
        return fields.TryGetValue("case", out var id) && Time("from") is { } from && Time("to") is { } to
            ? new LogSpan(id, from, to)
            : null;

        decimal? Time(string name) => fields.TryGetValue(name, out var text)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
    }
}
