using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Harness.Probes.InnerMaps;
using Harness.Probes.Libbpf;
using Harness.Probes.Object;
using Harness.Results;

namespace Harness.Tests.Results;

/// <summary>
/// The JSON schema of <c>results.json</c>, generated from the records that write and read it. What a record's
/// constructor takes is required. Other fields may be missing in documents of earlier versions, and unknown fields may
/// be added.
/// </summary>
internal static class ResultsSchema
{
    private const string TimePattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}";

    private static readonly JsonSerializerOptions _indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Generate()
    {
        var schema = Of(ResultsJson.Default.Options, typeof(RunDocument)).AsObject();
        var run = schema["properties"]!["run"]!["properties"]!;
        run["toolchains"] = Of(RunFactsJson.Default.Options, typeof(IReadOnlyList<ToolchainInfo>));
        run["objects"] = Of(ObjectFactsJson.Default.Options, typeof(ObjectFacts));
        run["libbpf"] = Of(RunFactsJson.Default.Options, typeof(IReadOnlyList<LibbpfInfo>));
        schema["properties"]!["schemaVersion"] =
            new JsonObject { ["enum"] = new JsonArray(RunDocument.CurrentSchemaVersion) };
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", ResultsFile.Name);
        schema.Insert(2, "description", "A run of the harness; docs/results.md describes the fields.");
        return schema.ToJsonString(_indented) + "\n";
    }

    private static JsonNode Of(JsonSerializerOptions json, Type type) => json.GetJsonSchemaAsNode(type,
        new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Complete });

    /// <summary>Adds what the types do not say: how times are written, and that numbers are not negative.</summary>
    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var optional = type != context.TypeInfo.Type;
        if (type == typeof(DateTimeOffset))
        {
            return new JsonObject { ["type"] = Type("string", optional), ["pattern"] = TimePattern };
        }
        if (type == typeof(double))
        {
            return new JsonObject { ["type"] = Type("number", optional), ["minimum"] = 0 };
        }
        if (type == typeof(IReadOnlyList<double?>))
        {
            return new JsonObject
            {
                ["type"] = Type("array", optional: true),
                ["items"] = new JsonObject { ["type"] = Type("number", optional: true), ["minimum"] = 0 },
            };
        }
        if (type == typeof(string) && context.PropertyInfo is { } property)
        {
            // A converter of the property's own hides from the exporter that this is a string.
            return new JsonObject { ["type"] = Type("string", property.IsGetNullable) };
        }
        if (type == typeof(CaseNumbers))
        {
            return new JsonObject
            {
                ["type"] = Type("object", optional: true),
                ["additionalProperties"] = new JsonObject { ["type"] = "integer" },
            };
        }
        if (type == typeof(int) && node is JsonObject number)
        {
            number["minimum"] = 0;
        }
        if (node is JsonObject && node["properties"] is JsonObject properties)
        {
            CompleteTexts(properties);
        }
        return node;
    }

    /// <summary>
    /// Completes texts that have both a converter and a default of <c>null</c>: the exporter does not hand them to
    /// <see cref="Complete"/>.
    /// </summary>
    private static void CompleteTexts(JsonObject properties)
    {
        foreach (var (name, value) in properties.ToList())
        {
            if (value is JsonObject { Count: 1 } known && known.TryGetPropertyValue("default", out var start)
                && start is null)
            {
                properties[name] = new JsonObject { ["type"] = Type("string", optional: true) };
            }
        }
    }

    private static JsonNode Type(string name, bool optional) => optional ? new JsonArray(name, "null") : name;
}
