using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>Numbers of a case as an object: <c>{"verified_insns": 57}</c>.</summary>
internal sealed class CaseNumbersConverter : JsonConverter<CaseNumbers>
{
    /// <exception cref="JsonException">It is no object of whole numbers. The serializer adds the place.</exception>
    public override CaseNumbers Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }
        var numbers = new List<KeyValuePair<string, long>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
            {
                throw new JsonException();
            }
            if (numbers.Count < CaseNumbers.Most)
            {
                numbers.Add(new(name, number));
            }
        }
        return new(numbers);
    }

    public override void Write(Utf8JsonWriter writer, CaseNumbers value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, number) in value)
        {
            writer.WriteNumber(name, number);
        }
        writer.WriteEndObject();
    }
}
