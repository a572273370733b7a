namespace Harness.Yaml;

/// <summary>A mapping must have at least one of these keys, with a text that is more than blanks.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class YamlAnyOfAttribute(params string[] keys) : Attribute
{
    public IReadOnlyList<string> Keys { get; } = keys;
}
