using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>Text that stands in every kernel's rows: in memory, it stands once.</summary>
internal sealed class SharedTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        string.Intern(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
