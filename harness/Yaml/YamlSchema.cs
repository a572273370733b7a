using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Yaml;

/// <summary>
/// The JSON schema (draft 2020-12) of a YAML file, from the types that read it and their rules. A key without a value
/// is like one that is left out, so a key that need not be there may be <c>null</c>.
/// </summary>
/// <param name="forms">The mappings that several parts of the harness contribute to.</param>
/// <param name="sets">What each set of texts is that a rule names (<see cref="YamlRuleAttribute.OneOf"/>).</param>
internal sealed class YamlSchema(
    IReadOnlyList<YamlForm> forms, IReadOnlyDictionary<string, IReadOnlyList<string>> sets)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as a file.</summary>
    /// <param name="type">What the file is read as.</param>
    /// <param name="title">The usual name of such a file.</param>
    /// <param name="mayBeEmpty">Whether a file without any content is one of these.</param>
    public string Generate(Type type, string title, bool mayBeEmpty)
    {
        var document = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
        };
        foreach (var (key, value) in Value(type, new YamlRuleAttribute { Required = !mayBeEmpty }, null))
        {
            document[key] = value?.DeepClone();
        }
        return document.ToJsonString(_json) + "\n";
    }

    /// <param name="description">In words for people; <c>null</c> for that of the type.</param>
    private JsonObject Value(Type type, YamlRuleAttribute rule, string? description)
    {
        var node = new JsonObject();
        if ((description ?? type.GetCustomAttribute<DescriptionAttribute>()?.Description) is { } words)
        {
            node["description"] = words;
        }
        if (Nullable.GetUnderlyingType(type) is { IsEnum: true } enumeration)
        {
            var values = YamlEnumConverter.Spellings(enumeration).Select(name => (JsonNode?)name);
            node["enum"] = new JsonArray([.. rule.Required ? values : values.Append(null)]);
            return node;
        }
        var shape = Shape(type);
        node["type"] = Types(shape, rule.Required);
        switch (shape)
        {
            case ["array"]:
                AddList(node, type.GetGenericArguments()[0], rule);
                break;
            case ["object"]:
                AddMapping(node, type, rule.Required);
                AddShorthand(node, type);
                break;
            case ["number"] or ["integer"]:
                node["exclusiveMinimum"] = rule.Above;
                node["maximum"] = rule.Most;
                break;
            default:
                AddText(node, type, rule);
                break;
        }
        return node;
    }

    private static IReadOnlyList<string> Shape(Type type) => type switch
    {
        _ when type == typeof(string) => ["string"],
        _ when type == typeof(VersionText) => ["string", "number"],
        _ when type == typeof(double) => ["number"],
        _ when type == typeof(int) => ["integer"],
        { IsGenericType: true } => ["array"],
        _ => ["object"],
    };

    private static JsonNode Types(IReadOnlyList<string> types, bool isRequired) =>
        isRequired && types.Count == 1
            ? types[0]
            : new JsonArray([.. (isRequired ? types : [.. types, "null"]).Select(type => (JsonNode)type)]);

    private void AddText(JsonObject node, Type type, YamlRuleAttribute rule)
    {
        if (rule.OneOf is { } set)
        {
            AddSet(node, sets[set], rule);
        }
        else if (rule.Pattern is { } pattern)
        {
            node["pattern"] = pattern;
        }
        if (rule.Longest > 0)
        {
            node["maxLength"] = rule.Longest;
        }
        if (type == typeof(VersionText))
        {
            node["minimum"] = VersionText.Least;
            node["maximum"] = VersionText.Most;
        }
    }

    /// <summary>The texts of a set, or further ones of the rule's pattern.</summary>
    private static void AddSet(JsonObject node, IReadOnlyList<string> set, YamlRuleAttribute rule)
    {
        node.Remove("type");
        var texts = set.Select(text => (JsonNode?)text);
        var values = new JsonArray([.. rule.Required ? texts : texts.Append(null)]);
        if (rule.Pattern is not { } pattern)
        {
            node["enum"] = values;
            return;
        }
        var further = new JsonObject { ["type"] = "string", ["pattern"] = pattern };
        node["anyOf"] = new JsonArray(new JsonObject { ["enum"] = values }, further);
    }

    private void AddList(JsonObject node, Type type, YamlRuleAttribute rule)
    {
        if (rule.First is { } first)
        {
            node["prefixItems"] = new JsonArray(new JsonObject { ["const"] = first });
        }
        var item = new YamlRuleAttribute
        {
            Required = true,
            Pattern = rule.Pattern,
            Longest = rule.Longest,
            OneOf = rule.OneOf,
        };
        node["items"] = Value(type, item, null);
        if (rule.Fewest > 0)
        {
            node["minItems"] = rule.Fewest;
        }
        if (rule.Distinct)
        {
            node["uniqueItems"] = true;
        }
    }

    private void AddMapping(JsonObject node, Type type, bool isRequired)
    {
        var form = forms.FirstOrDefault(form => form.Type == type);
        var keys = form?.Keys ?? [.. type.GetProperties().Select(KeyOf)];
        if (form?.Description is { } description)
        {
            node.Remove("description");
            node.Insert(0, "description", description);
        }
        var required = keys.Where(key => key.Rule.Required).Select(key => (JsonNode)key.Name).ToList();
        if (required.Count > 0)
        {
            node["required"] = new JsonArray([.. required]);
        }
        node["properties"] = new JsonObject(keys.Select(key =>
            KeyValuePair.Create(key.Name, (JsonNode?)Value(key.Type, key.Rule, key.Description))));
        node["additionalProperties"] = false;
        foreach (var (key, value) in YamlSchemaRules.Of(form?.Kinds ?? KindsOf(type), type, isRequired))
        {
            node[key] = value;
        }
    }

    /// <summary>A text may stand in the place of a mapping.</summary>
    private void AddShorthand(JsonObject node, Type type)
    {
        if (forms.FirstOrDefault(form => form.Type == type) is not { Shorthand: { } name } form)
        {
            return;
        }
        var types = node["type"] is JsonArray several ? several : new JsonArray(node["type"]!.DeepClone());
        types.Add("string");
        node["type"] = types.DeepClone();
        var key = form.Keys.First(key => key.Name == name);
        node["oneOf"]!.AsArray().Add(Value(key.Type, key.Rule, null));
    }

    private static YamlKey KeyOf(PropertyInfo property) => new(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property.PropertyType,
        property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "")
    {
        Rule = property.GetCustomAttribute<YamlRuleAttribute>() ?? new YamlRuleAttribute(),
    };

    private static IReadOnlyList<YamlKindAttribute> KindsOf(Type type) =>
        [.. type.GetCustomAttributes<YamlKindAttribute>()];
}
