using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Harness.Yaml;

/// <summary>
/// Reads and writes the values of every enumeration as results.json spells them, with underscores (<c>boot_failed</c>),
/// or with hyphens (<c>oldest-and-newest</c>); an unknown one is an error that lists those there are.
/// </summary>
internal sealed class YamlEnumConverter : IYamlTypeConverter
{
    public bool Accepts(Type type) => (Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        var scalar = parser.Consume<Scalar>();
        if (YamlCoreSchema.KindOf(scalar, out _) == YamlScalarKind.Null && Nullable.GetUnderlyingType(type) is not null)
        {
            return null; // A key without a value is like one that is left out.
        }
        var enumeration = Nullable.GetUnderlyingType(type) ?? type;
        var names = Enum.GetNames(enumeration);
        var name = names.FirstOrDefault(n => Spell(n) == scalar.Value || SpellWithUnderscores(n) == scalar.Value);
        return name is not null
            ? Enum.Parse(enumeration, name)
            : throw new YamlException(scalar.Start, scalar.End,
                $"'{scalar.Value}' is not known here; use one of {string.Join(", ", names.Select(Spell))}");
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        emitter.Emit(new Scalar(value is null ? "" : Spell(value.ToString()!)));

    /// <summary>All that is read as a value of the enumeration, with the spellings that are written first.</summary>
    public static IEnumerable<string> Spellings(Type enumeration)
    {
        var names = Enum.GetNames(enumeration);
        return names.Select(Spell).Concat(names.Select(SpellWithUnderscores)).Distinct();
    }

    private static string SpellWithUnderscores(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string Spell(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
