using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>Durations are in seconds; no more digits than were measured.</summary>
internal sealed class MillisecondsConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value, 3));
}
