using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>Keeps one copy in memory of a text that is repeated in each kernel's rows.</summary>
internal sealed class SharedTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        string.Intern(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
