using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Harness.Results;

/// <summary>
/// Writes a list with one item a line, in a document that is indented else: with a line for each of their fields, a
/// third of a file would be white space.
/// </summary>
internal sealed class LinesConverter<T>(JsonTypeInfo<IReadOnlyList<T>> list, JsonTypeInfo<T> item)
    : JsonConverter<IReadOnlyList<T>>
{
    private static readonly JsonWriterOptions _compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, list);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        if (value.Count == 0)
        {
            writer.WriteStartArray();
            writer.WriteEndArray();
            return;
        }
        var indentation = new string(' ', writer.CurrentDepth * writer.Options.IndentSize);
        var (line, end) = ($"\n{indentation}{new string(' ', writer.Options.IndentSize)}", $"\n{indentation}]");
        var text = new ArrayBufferWriter<byte>();
        using var items = new Utf8JsonWriter(text, _compact);
        foreach (var one in value)
        {
            text.Write(text.WrittenCount == 0 ? "["u8 : ","u8);
            text.Write(Encoding.ASCII.GetBytes(line));
            JsonSerializer.Serialize(items, one, item);
            items.Flush();
            items.Reset();
        }
        text.Write(Encoding.ASCII.GetBytes(end));
        writer.WriteRawValue(text.WrittenSpan, skipInputValidation: true);
    }
}
