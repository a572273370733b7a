namespace Harness.Ktap;

/// <summary>
/// Reads the <c>key=value</c> words of a diagnostic; <c>reason=</c> is the last and takes the rest of the line.
/// </summary>
public static class Fields
{
    private const string Reason = "reason=";

    /// <returns>The values by key; words without an equals sign are left out.</returns>
    public static IReadOnlyDictionary<string, string> Parse(string diagnostic)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var start = diagnostic.StartsWith(Reason, StringComparison.Ordinal)
            ? 0
            : diagnostic.IndexOf(" " + Reason, StringComparison.Ordinal) is var found and >= 0 ? found + 1 : -1;
        if (start >= 0)
        {
            fields["reason"] = diagnostic[(start + Reason.Length)..].Trim();
            diagnostic = diagnostic[..start];
        }
        foreach (var word in diagnostic.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Split('=', 2) is [var key, var value])
            {
                fields[key] = value;
            }
        }
        return fields;
    }
}
