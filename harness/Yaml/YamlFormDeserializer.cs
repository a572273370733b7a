using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Harness.Yaml;

/// <summary>Reads the mappings of some forms. An unknown key is an error at the key's place.</summary>
internal sealed class YamlFormDeserializer(IReadOnlyList<YamlForm> forms) : INodeDeserializer
{
    public bool Deserialize(
        IParser parser, Type expectedType, Func<IParser, Type, object?> nestedObjectDeserializer, out object? value,
        ObjectDeserializer rootDeserializer)
    {
        value = null;
        if (forms.FirstOrDefault(form => form.Type == expectedType) is not { } form)
        {
            return false;
        }
        if (parser.Accept<Scalar>(out var scalar))
        {
            value = IsNull(scalar) ? Nothing(parser) : Short(form, scalar, parser, nestedObjectDeserializer);
            return true;
        }
        if (!parser.TryConsume<MappingStart>(out _))
        {
            throw YamlErrors.WrongType(parser.Current!);
        }
        var mapping = form.Create();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = parser.Consume<Scalar>();
            var key = form.Keys.FirstOrDefault(key => key.Name == name.Value) ?? throw YamlErrors.UnknownKey(name);
            if (parser.Accept<Scalar>(out var empty) && IsNull(empty))
            {
                parser.MoveNext(); // A key without a value is like one that is left out, whatever its type.
                continue;
            }
            // The nested deserializer, unlike the root's, knows the anchors of the whole file.
            if (nestedObjectDeserializer(parser, key.Type) is { } read)
            {
                mapping.Set(key.Name, read);
            }
        }
        value = mapping;
        return true;
    }

    private static object? Nothing(IParser parser)
    {
        parser.MoveNext();
        return null;
    }

    private static YamlMapping Short(
        YamlForm form, Scalar scalar, IParser parser, Func<IParser, Type, object?> nestedObjectDeserializer)
    {
        var key = form.Keys.FirstOrDefault(key => key.Name == form.Shorthand) ?? throw YamlErrors.WrongType(scalar);
        var mapping = form.Create();
        if (nestedObjectDeserializer(parser, key.Type) is { } text)
        {
            mapping.Set(key.Name, text);
        }
        return mapping;
    }

    // YAML 1.2.2, section 10.2.1.1; YamlDotNet reads nulls of its own objects so.
    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
}
