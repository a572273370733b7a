namespace Harness.Yaml;

/// <summary>What the contributed sections of a file came to.</summary>
public sealed class YamlSections
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    private YamlSections()
    {
    }

    /// <summary>Those of a file that has no section.</summary>
    public static YamlSections None { get; } = new();

    /// <summary>What a section came to; <c>null</c> when the file does not have it.</summary>
    public T? Get<T>(YamlSection<T> section)
        where T : class => _values.GetValueOrDefault(section.Name) as T;

    /// <summary>Reads those of the sections that a file has.</summary>
    /// <param name="at">Where the file's mapping stands.</param>
    internal static YamlSections Read(
        YamlMapping file, IEnumerable<YamlSection> sections, YamlPlace at, List<string> problems)
    {
        var read = new YamlSections();
        foreach (var section in sections)
        {
            if (file.Get<object>(section.Name) is { } text
                && section.Check(text, at[section.Name], problems) is { } value)
            {
                read._values[section.Name] = value;
            }
        }
        return read;
    }
}
