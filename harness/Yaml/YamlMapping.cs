namespace Harness.Yaml;

/// <summary>A mapping whose keys several parts of the harness contribute (<see cref="YamlForm"/>).</summary>
public abstract class YamlMapping
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>The keys that have a value.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>A key's value; the default of the type when the key is left out or has none.</summary>
    public T? Get<T>(string key) => _values.TryGetValue(key, out var value) ? (T)value : default;

    internal void Set(string key, object value) => _values[key] = value;
}
