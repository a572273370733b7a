using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>
/// The JSON schema of a matrix, from the types that read it, so that editors complete and check the file.
/// </summary>
/// <param name="form">What a matrix may say.</param>
public sealed class MatrixSchema(MatrixForm form)
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSchemaExporterOptions _exporter = new() { TransformSchemaNode = Describe };

    public string Generate()
    {
        var document = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "kernels.yaml",
        };
        foreach (var (key, value) in Mapping(form.File, "A matrix: the kernels to test, and what is expected of them."))
        {
            document[key] = value?.DeepClone();
        }
        return document.ToJsonString(_options) + "\n";
    }

    private JsonObject Mapping(YamlForm mapping, string description)
    {
        var properties = new JsonObject();
        foreach (var key in mapping.Keys)
        {
            var value = Value(key.Type);
            value.Remove("description");
            value.Insert(0, "description", key.Description);
            properties[key.Name] = value;
        }
        return new JsonObject
        {
            ["description"] = description,
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    private JsonObject Value(Type type)
    {
        if (type == form.KernelEntry.Type)
        {
            return Mapping(form.KernelEntry, form.Sources.EntryDescription);
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
        {
            return new JsonObject { ["type"] = "array", ["items"] = Value(type.GetGenericArguments()[0]) };
        }
        return _options.GetJsonSchemaAsNode(type, _exporter).AsObject();
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject described)
        {
            return node;
        }
        var provider = context.PropertyInfo is { } property ? property.AttributeProvider : context.TypeInfo.Type;
        var description = provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
            .OfType<DescriptionAttribute>().FirstOrDefault()
            ?? context.TypeInfo.Type.GetCustomAttribute<DescriptionAttribute>();
        if (description is not null && !described.ContainsKey("description"))
        {
            described.Insert(0, "description", description.Description);
        }
        DropNull(described);
        return node;
    }

    /// <summary>An optional key is left out rather than set to null.</summary>
    private static void DropNull(JsonObject node)
    {
        if (node["type"] is JsonArray types)
        {
            var kept = types.Select(t => t!.GetValue<string>()).Where(t => t != "null").ToList();
            node["type"] = kept.Count == 1 ? kept[0] : new JsonArray([.. kept.Select(t => (JsonNode)t)]);
        }
        if (node["enum"] is JsonArray values && values.Contains(null))
        {
            values.Remove(null);
        }
    }
}
