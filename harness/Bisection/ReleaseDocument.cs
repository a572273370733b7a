using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>What a bisection came to.</summary>
public enum BisectResult
{
    /// <summary>The two neighbours between which the verdict changed; with <c>--all</c>, each such pair.</summary>
    Found,

    /// <summary>What lies between the two could not be tested, or shows another verdict still.</summary>
    Range,

    /// <summary>There is nothing to look for.</summary>
    EndsAgree,

    /// <summary>The good or the bad end gave no verdict.</summary>
    EndUntestable,

    Interrupted,
}

/// <summary>One kernel of an answer.</summary>
/// <param name="Problem">Why it has no verdict.</param>
public sealed record BisectKernel(string Kernel, string? Version, Verdict? Verdict, string? Problem);

/// <summary>The answer: in words, and the two kernels around the change, the older first.</summary>
/// <param name="Between">Kernels between the two that tell nothing.</param>
public sealed record ReleaseAnswer(
    BisectResult Result, string Sentence, BisectKernel? From, BisectKernel? To, IReadOnlyList<BisectKernel> Between);

/// <summary>One kernel that was tested, in the order of the search.</summary>
/// <param name="Step">Kernels of the same step were tested at the same time; evidence of its boots is in <c>step-N/</c>.</param>
/// <param name="Verdict"><c>null</c> when there is none, or when several cases were asked.</param>
/// <param name="Remembered">Measured by an earlier bisection.</param>
/// <param name="Console">Relative to the bisection's directory, as is <paramref name="Ktap"/>.</param>
public sealed record ReleaseStep(
    int Step, string Kernel, string? Version, Verdict? Verdict, string? Problem, bool Remembered, double Seconds, string? Console, string? Ktap);

/// <summary>A change between two measured neighbours, and what lies between them and told nothing.</summary>
/// <param name="Untested">Ids of kernels between the two; where there are some, the change is known as a range only.</param>
public sealed record ReleaseTransition(string Case, string Arch, TransitionEnd From, TransitionEnd To, string? Cause, string? Source, IReadOnlyList<string> Untested)
{
    public static ReleaseTransition Of(Transition transition, IReadOnlyList<string> untested) =>
        new(transition.Case, transition.Arch, transition.From, transition.To, transition.Cause, transition.Source, untested);
}

/// <summary>How it was asked and measured.</summary>
/// <param name="Case">A case's id; with <c>--all</c>, a pattern perhaps.</param>
/// <param name="Good">The kernel given as <c>--good</c>.</param>
/// <param name="Kernels">How many kernels there are from one end to the other, both included.</param>
/// <param name="Boots">How many of them were booted now.</param>
public sealed record ReleaseBisectInfo(
    string Id, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string Harness, ProberInfo Prober, string? Accel, string? KernelParameters,
    string Case, bool All, string Good, string Bad, int Kernels, int Boots);

/// <summary><c>bisect.json</c> of a bisection over releases.</summary>
public sealed record ReleaseDocument(int SchemaVersion, string Kind, ReleaseBisectInfo Bisection, ReleaseAnswer Answer, IReadOnlyList<ReleaseStep> Steps)
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
        typeof(SnakeCaseConverter<BisectResult>), typeof(SnakeCaseConverter<Commits.CommitStepKind>), typeof(SnakeCaseConverter<CaseStatus>), typeof(SnakeCaseConverter<Outcome>),
        typeof(UtcTimeConverter), typeof(MillisecondsConverter),
    ])]
[JsonSerializable(typeof(ReleaseDocument))]
[JsonSerializable(typeof(Commits.CommitDocument))]
internal sealed partial class BisectJson : JsonSerializerContext
{
    private static BisectJson? _indented;

    public static BisectJson Indented => _indented ??= new BisectJson(new JsonSerializerOptions(Default.Options)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
