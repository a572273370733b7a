using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>Writes a list of seconds in one line, and without exponents.</summary>
internal sealed class SecondsListConverter : JsonConverter<IReadOnlyList<double?>>
{
    public override IReadOnlyList<double?> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("is no list");
        }
        var seconds = new List<double?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            seconds.Add(reader.TokenType == JsonTokenType.Null ? null
                : reader.TokenType == JsonTokenType.Number ? reader.GetDouble()
                : throw new JsonException("stands where a number must"));
        }
        return SecondsList.Of(seconds);
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double?> value, JsonSerializerOptions options)
    {
        var text = new StringBuilder("[");
        foreach (var seconds in value)
        {
            text.Append(text.Length > 1 ? "," : "")
                .Append(seconds is { } known ? ((decimal)known).ToString(CultureInfo.InvariantCulture) : "null");
        }
        writer.WriteRawValue(text.Append(']').ToString(), skipInputValidation: true);
    }
}
