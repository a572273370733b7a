using System.Reflection;
using System.Text.Json.Nodes;

namespace Harness.Yaml;

/// <summary>What a JSON schema says of the keys of a mapping together.</summary>
internal static class YamlSchemaRules
{
    /// <param name="kinds">Of which the mapping is exactly one; none where it has no kinds.</param>
    /// <param name="type">The type with further rules.</param>
    /// <param name="isRequired">Whether the mapping must be there: else <c>null</c> may stand in its place.</param>
    /// <returns>Keys of the mapping's schema.</returns>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(
        IReadOnlyList<YamlKindAttribute> kinds, Type type, bool isRequired)
    {
        if (kinds.Count > 0)
        {
            var all = kinds.SelectMany(kind => kind.Required.Concat(kind.Optional)).Distinct().ToList();
            yield return new("oneOf", new JsonArray(
                [.. kinds.Select(kind => Kind(kind, all)), .. isRequired ? [] : new[] { Null() }]));
        }
        if (type.GetCustomAttribute<YamlAnyOfAttribute>() is { } any)
        {
            yield return new("anyOf", new JsonArray([.. any.Keys.Select(NotBlank)]));
        }
        if (type.GetCustomAttribute<YamlUnlessAttribute>() is { } unless)
        {
            yield return new("if", Having(unless.Key, new JsonObject { ["const"] = unless.Value }));
            yield return new("then", new JsonObject { ["properties"] = LeftOut(unless.Others) });
        }
    }

    private static JsonObject Kind(YamlKindAttribute kind, List<string> all)
    {
        var node = new JsonObject { ["type"] = "object" };
        if (kind.Required.Count > 0)
        {
            node["required"] = new JsonArray([.. kind.Required.Select(key => (JsonNode)key)]);
        }
        var properties = LeftOut(all.Except(kind.Required).Except(kind.Optional));
        foreach (var (index, key) in kind.Required.Index())
        {
            properties.Insert(index, key, index == 0 && kind.Pattern is { } pattern
                ? new JsonObject { ["type"] = "string", ["pattern"] = pattern }
                : new JsonObject { ["not"] = Null() });
        }
        node["properties"] = properties;
        return node;
    }

    private static JsonNode NotBlank(string key) =>
        Having(key, new JsonObject { ["type"] = "string", ["pattern"] = YamlRuleAttribute.NotBlank });

    private static JsonObject Having(string key, JsonObject value) => new()
    {
        ["required"] = new JsonArray(key),
        ["properties"] = new JsonObject { [key] = value },
    };

    private static JsonObject LeftOut(IEnumerable<string> keys) =>
        new(keys.Select(key => KeyValuePair.Create(key, (JsonNode?)Null())));

    private static JsonObject Null() => new() { ["type"] = "null" };
}
