using System.Text.Json.Serialization;
using Harness.History;
using Harness.Results;

namespace Harness.Cli;

/// <summary>What <c>history --json</c> prints; what was not asked for is <c>null</c>.</summary>
internal sealed record HistoryOutput(
    IReadOnlyList<RunTrend> Runs, IReadOnlyList<FlakyCase> Flaky, IReadOnlyList<Sighting>? Cases,
    IReadOnlyList<StaleKernel>? Stale);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    Converters = [typeof(UtcTimeConverter), typeof(SnakeCaseConverter<KernelStatus>)])]
[JsonSerializable(typeof(HistoryOutput))]
[JsonSerializable(typeof(Rebuilt))]
internal sealed partial class HistoryJson : JsonSerializerContext;
