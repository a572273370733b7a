using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>
/// How the run's records look as JSON: names in camel case, values in snake case, nulls written, times in UTC.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(SnakeCaseConverter<KernelStatus>), typeof(SnakeCaseConverter<CaseStatus>),
        typeof(SnakeCaseConverter<Outcome>), typeof(SnakeCaseConverter<RetryStage>),
        typeof(SnakeCaseConverter<KernelChangeKind>), typeof(SnakeCaseConverter<CaseChangeKind>),
        typeof(SnakeCaseConverter<ComplaintKind>), typeof(SnakeCaseConverter<ComplaintChangeKind>),
        typeof(UtcTimeConverter), typeof(MillisecondsConverter), typeof(SecondsListConverter),
    ])]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(KernelResult))]
[JsonSerializable(typeof(JournalLine))]
[JsonSerializable(typeof(RunChanges))]
public sealed partial class ResultsJson : JsonSerializerContext
{
    private static ResultsJson? _indented;

    /// <summary>Reads kernels whose results are shared through the pool.</summary>
    public static ResultsJson Sharing(ResultPool pool) =>
        new(new JsonSerializerOptions(Default.Options) { Converters = { new SharedCasesConverter(pool) } });

    /// <summary>
    /// Written for people too: indented, but for a line for each case, range and transition, and without escapes where
    /// JSON does not ask for them.
    /// </summary>
    public static ResultsJson Indented => _indented ??= new ResultsJson(new JsonSerializerOptions(Default.Options)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new LinesConverter<CaseResult>(Default.IReadOnlyListCaseResult, Default.CaseResult),
            new LinesConverter<CaseRange>(Default.IReadOnlyListCaseRange, Default.CaseRange),
            new LinesConverter<Transition>(Default.IReadOnlyListTransition, Default.Transition),
        },
    });
}
