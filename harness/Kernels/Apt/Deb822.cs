using System.Text;

namespace Harness.Kernels.Apt;

/// <summary>
/// Reads the format of Debian's control files, deb822(5): stanzas of <c>Field: value</c>, with continuation lines.
/// </summary>
public static class Deb822
{
    /// <summary>The stanzas of a text, each with those of its fields that are wanted.</summary>
    /// <param name="fields">Any other field is skipped: an index has 60,000 stanzas of 20 fields.</param>
    /// <returns>Values as they are written, continuation lines appended with a line break before each.</returns>
    public static IEnumerable<IReadOnlyDictionary<string,
    string>> Read(TextReader text, params IReadOnlyCollection<string> fields)
    {
        var stanza = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var value = new StringBuilder();
        string? field = null;
        while (text.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                _ = field is null ? value : value.Append('\n').Append(line.AsSpan().Trim());
                continue;
            }
            EndField();
            if (line.Length == 0 && stanza.Count > 0)
            {
                yield return stanza;
                stanza = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            }
            field = fields.FirstOrDefault(name => IsField(line, name));
            _ = field is null ? value : value.Append(line.AsSpan(field.Length + 1).Trim());
        }
        EndField();
        if (stanza.Count > 0)
        {
            yield return stanza;
        }

        void EndField()
        {
            if (field is not null)
            {
                stanza[field] = value.ToString();
            }
            field = null;
            value.Clear();
        }
    }

    private static bool IsField(string line, string name) =>
        line.Length > name.Length && line[name.Length] == ':'
            && line.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
