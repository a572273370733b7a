using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Harness.Yaml;

/// <summary>How a kind of YAML file is read. It is made once for many files, since making it takes longest.</summary>
/// <param name="schema">
/// The name of the JSON schema that editors hold such files against, for messages: then scalars are what YAML 1.2 takes
/// them for. <c>null</c> for files without one.
/// </param>
/// <param name="forms">The keys of mappings that several parts of the harness contribute to.</param>
public sealed class YamlReader(string? schema, params IReadOnlyList<YamlForm> forms)
{
    private readonly Lazy<IDeserializer> _deserializer = new(() => Make(schema is not null, forms));

    /// <summary>The name of the files' schema; <c>null</c> where they have none.</summary>
    internal string? Schema { get; } = schema;

    internal T? Deserialize<T>(string text) => _deserializer.Value.Deserialize<T?>(text);

    private static IDeserializer Make(bool isTyped, IReadOnlyList<YamlForm> forms)
    {
        var builder = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithTypeConverter(new YamlEnumConverter())
            .WithNodeDeserializer(new YamlFormDeserializer(forms))
            .WithDuplicateKeyChecking();
        return (isTyped ? builder.WithNodeDeserializer(new YamlTypedScalars()) : builder).Build();
    }
}
