using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>Reads the results of a kernel, and keeps those that other kernels of the file have, too, once.</summary>
internal sealed class SharedCasesConverter(ResultPool pool) : JsonConverter<IReadOnlyList<CaseResult>>
{
    public override IReadOnlyList<CaseResult>? Read(
        ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, ResultsJson.Default.IReadOnlyListCaseResult) is { } cases
            ? pool.Share(cases)
            : null;

    public override void Write(
        Utf8JsonWriter writer, IReadOnlyList<CaseResult> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, ResultsJson.Default.IReadOnlyListCaseResult);
}
