using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Harness.Matrix;

/// <summary>The JSON schema of a matrix, from the types that read it, so that editors complete and check the file.</summary>
public static class MatrixSchema
{
    public static string Generate()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            Converters = { new JsonStringEnumConverter<Pick>(JsonNamingPolicy.KebabCaseLower), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        var schema = options.GetJsonSchemaAsNode(typeof(MatrixFile), new JsonSchemaExporterOptions { TransformSchemaNode = Describe });
        var document = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "kernels.yaml" };
        foreach (var (key, value) in schema.AsObject().ToList())
        {
            schema.AsObject().Remove(key);
            document[key] = value;
        }
        return document.ToJsonString(options) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var provider = context.PropertyInfo is { } property ? property.AttributeProvider : context.TypeInfo.Type;
        var description = provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).OfType<DescriptionAttribute>().FirstOrDefault()
            ?? context.TypeInfo.Type.GetCustomAttribute<DescriptionAttribute>();
        if (node is JsonObject described)
        {
            if (description is not null && !described.ContainsKey("description"))
            {
                described.Insert(0, "description", description.Description);
            }
            // An optional key is left out rather than set to null.
            DropNull(described);
        }
        return node;
    }

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
