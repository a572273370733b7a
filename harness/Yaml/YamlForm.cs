namespace Harness.Yaml;

/// <summary>Which keys the mappings of one type may have in a file.</summary>
public sealed record YamlForm
{
    private YamlForm(Type type, Func<YamlMapping> create, IReadOnlyList<YamlKey> keys)
    {
        (Type, Create, Keys) = (type, create, keys);
        if (keys.GroupBy(key => key.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two parts contribute the key '{twice.Key}'", nameof(keys));
        }
    }

    public Type Type { get; }

    /// <summary>In the order of the schema; no two have the same name.</summary>
    public IReadOnlyList<YamlKey> Keys { get; }

    /// <summary>What such a mapping is, for the schema; <c>null</c> for what its type says.</summary>
    public string? Description { get; init; }

    /// <summary>The kinds of which such a mapping is exactly one; none where it has no kinds.</summary>
    public IReadOnlyList<YamlKindAttribute> Kinds { get; init; } = [];

    /// <summary>
    /// A text in the place of such a mapping stands for one that has this key alone, with the text as its value;
    /// <c>null</c> where a text has no place.
    /// </summary>
    public string? Shorthand { get; init; }

    internal Func<YamlMapping> Create { get; }

    /// <exception cref="ArgumentException">Two keys have the same name.</exception>
    public static YamlForm Of<T>(params IReadOnlyList<YamlKey> keys)
        where T : YamlMapping, new() => new(typeof(T), () => new T(), keys);
}
