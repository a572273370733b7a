using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Results;

namespace Harness.Bisection;

/// <summary><c>bisect.json</c> of a bisection over releases.</summary>
public sealed record ReleaseDocument(
    int SchemaVersion, string Kind, ReleaseBisectInfo Bisection, ReleaseAnswer Answer, IReadOnlyList<ReleaseStep> Steps)
{
    public const int CurrentSchemaVersion = 1;

    public const string Name = "bisect.json";

    /// <summary>With <c>--all</c>: every change of status, as a run's results have them.</summary>
    public IReadOnlyList<ReleaseTransition> Transitions { get; init; } = [];

    /// <summary>With <c>--all</c>: the same status, given at another step or with another errno.</summary>
    public IReadOnlyList<ReleaseTransition> ErrorChanges { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, BisectJson.Indented.ReleaseDocument);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(SnakeCaseConverter<BisectResult>), typeof(SnakeCaseConverter<Commits.CommitStepKind>),
        typeof(SnakeCaseConverter<Commits.MergeKind>), typeof(SnakeCaseConverter<Commits.RevertOutcome>),
        typeof(SnakeCaseConverter<Commits.CommitEffect>), typeof(SnakeCaseConverter<StepJudgement>),
        typeof(SnakeCaseConverter<CaseStatus>), typeof(SnakeCaseConverter<Outcome>),
        typeof(UtcTimeConverter), typeof(MillisecondsConverter),
    ])]
[JsonSerializable(typeof(ReleaseDocument))]
[JsonSerializable(typeof(Commits.CommitDocument))]
[JsonSerializable(typeof(JudgedStep))]
internal sealed partial class BisectJson : JsonSerializerContext
{
    private static BisectJson? _indented;

    public static BisectJson Indented => _indented ??= new BisectJson(new JsonSerializerOptions(Default.Options)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
