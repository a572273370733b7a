using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Probes.Libbpf;
using Harness.Results;

namespace Harness.Probes.Object;

/// <summary>The probe's own facts in <c>results.json</c>: <c>run.objects</c>.</summary>
/// <param name="Files">The objects that were asked about, in their order.</param>
/// <param name="Libbpf">The libbpfs that asked, the machine's first.</param>
public sealed record ObjectFacts(IReadOnlyList<ObjectFile> Files, IReadOnlyList<LibbpfInfo> Libbpf)
{
    private const string Key = "objects";

    private static ObjectFacts None { get; } = new([], []);

    /// <summary>Empty in a run that asked about no object.</summary>
    /// <exception cref="ResultsException">The field is not of this form.</exception>
    public static ObjectFacts Of(RunInfo run)
    {
        if (run.Facts is null || !run.Facts.TryGetValue(Key, out var fact) || fact.ValueKind == JsonValueKind.Null)
        {
            return None;
        }
        try
        {
            var facts = fact.Deserialize(ObjectFactsJson.Default.ObjectFacts) ?? None;
            return facts.Files.Any(f => f is null) || facts.Libbpf.Any(l => l is null)
                ? throw new ResultsException($"{run.Id}: $.run.{Key} holds null where a value must stand")
                : facts;
        }
        catch (JsonException e)
        {
            throw new ResultsException($"{run.Id}: $.run.{Key} is not of the form that this harness knows: {e.Message}",
                e);
        }
    }

    /// <summary>As a run writes it.</summary>
    public IDictionary<string, JsonElement> Write() => new Dictionary<string, JsonElement>
    {
        [Key] = JsonSerializer.SerializeToElement(this, ObjectFactsJson.Default.ObjectFacts),
    };

    /// <summary>The further programs of a run.</summary>
    public static IReadOnlyList<ProgramVariant> Variants(RunInfo run) =>
    [
        .. Of(run).Libbpf.Where(l => l.Label is not null)
            .Select(l => new ProgramVariant(l.Label!, $"libbpf {l.Version}", l.ProberSha256)),
    ];
}

/// <summary>An object as a run's facts have it.</summary>
/// <param name="Id">What its cases' ids begin with: <c>object.NAME</c>.</param>
/// <param name="Name">As reports call it.</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Supports">The versions that it is meant for; <c>null</c> for all.</param>
public sealed record ObjectFile(string Id, string Name, string Sha256, string? Supports);

/// <summary>As results.json is written: names in camel case, what is required is there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ObjectFacts))]
internal sealed partial class ObjectFactsJson : JsonSerializerContext;
