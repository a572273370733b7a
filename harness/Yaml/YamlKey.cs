namespace Harness.Yaml;

/// <summary>A key of a mapping in a YAML file.</summary>
/// <param name="Name">As it is written in the file.</param>
/// <param name="Type">What its value is read as.</param>
/// <param name="Description">For the schema, which editors show.</param>
public record YamlKey(string Name, Type Type, string Description)
{
    /// <summary>What its value must be beside its type.</summary>
    public YamlRuleAttribute Rule { get; init; } = new();
}
