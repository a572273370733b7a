namespace Harness.Yaml;

/// <summary>Where a key has a certain value, some other keys must be left out.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class YamlUnlessAttribute(string key, string value, params string[] others) : Attribute
{
    public string Key { get; } = key;

    public string Value { get; } = value;

    public IReadOnlyList<string> Others { get; } = others;
}
