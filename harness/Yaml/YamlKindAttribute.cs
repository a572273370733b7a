namespace Harness.Yaml;

/// <summary>
/// One of the kinds of which a mapping must be exactly one: the keys that it has, and those that it may have. Further
/// keys of the other kinds must be left out; keys that no kind names may stand in all of them.
/// </summary>
/// <param name="required">The keys that a mapping of this kind has.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class YamlKindAttribute(params string[] required) : Attribute
{
    public IReadOnlyList<string> Required { get; } = required;

    /// <summary>Keys that a mapping of this kind may have.</summary>
    public string[] Optional { get; init; } = [];

    /// <summary>What the text of the first required key must be in this kind; <c>null</c> for no more than it must be
    /// in any.</summary>
    public string? Pattern { get; init; }
}
