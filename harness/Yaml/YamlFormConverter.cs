using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Harness.Yaml;

/// <summary>Reads the mappings of some forms. An unknown key is an error at the key's place.</summary>
internal sealed class YamlFormConverter(IReadOnlyList<YamlForm> forms) : IYamlTypeConverter
{
    public bool Accepts(Type type) => forms.Any(form => form.Type == type);

    public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return IsNull(scalar) ? null : throw YamlErrors.WrongType(scalar);
        }
        if (!parser.TryConsume<MappingStart>(out _))
        {
            throw YamlErrors.WrongType(parser.Current!);
        }
        var form = forms.First(form => form.Type == type);
        var mapping = form.Create();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = parser.Consume<Scalar>();
            var key = form.Keys.FirstOrDefault(key => key.Name == name.Value) ?? throw YamlErrors.UnknownKey(name);
            if (rootDeserializer(key.Type) is { } value)
            {
                mapping.Set(key.Name, value);
            }
        }
        return mapping;
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        throw new NotSupportedException("mappings of a form are only read");

    // YAML 1.2.2, section 10.2.1.1; YamlDotNet reads nulls of its own objects so.
    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
}
