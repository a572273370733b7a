using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Harness.Probes.Libbpf;
using Harness.Results;

namespace Harness.Probes.InnerMaps;

/// <summary>The probe's own facts in <c>results.json</c>: <c>run.toolchains</c> and <c>run.libbpf</c>.</summary>
public static class RunFacts
{
    private const string ToolchainsKey = "toolchains";
    private const string LibbpfKey = "libbpf";

    /// <summary>The compilers of the BPF objects, the default one first; empty in runs older than this field.</summary>
    /// <exception cref="ResultsException">The field is not of this form.</exception>
    public static IReadOnlyList<ToolchainInfo> Toolchains(RunInfo run) =>
        Read(run, ToolchainsKey, RunFactsJson.Default.IReadOnlyListToolchainInfo);

    /// <summary>
    /// The libbpfs, the machine's first, each with the prober that holds it; empty in runs older than this field.
    /// </summary>
    /// <exception cref="ResultsException">The field is not of this form.</exception>
    public static IReadOnlyList<LibbpfInfo> Libbpfs(RunInfo run) =>
        Read(run, LibbpfKey, RunFactsJson.Default.IReadOnlyListLibbpfInfo);

    /// <summary>Reads all of it.</summary>
    /// <exception cref="ResultsException">A field is not of this form.</exception>
    public static void Check(RunInfo run) => _ = (Toolchains(run), Libbpfs(run));

    /// <summary>The facts of a run, given what each of its probers was asked.</summary>
    public static IDictionary<string, JsonElement> OfTasks(
        IReadOnlyList<ToolchainInfo> toolchains, IReadOnlyList<ProgramTask> tasks) =>
        Of(toolchains, [.. tasks.Select(t => LibbpfInfo.Of(t.Program, t.Cases.Count))]);

    /// <summary>The facts as a run writes them.</summary>
    public static IDictionary<string, JsonElement> Of(
        IReadOnlyList<ToolchainInfo> toolchains, IReadOnlyList<LibbpfInfo> libbpfs)
    {
        var json = RunFactsJson.Default;
        return new Dictionary<string, JsonElement>
        {
            [ToolchainsKey] = JsonSerializer.SerializeToElement(toolchains, json.IReadOnlyListToolchainInfo),
            [LibbpfKey] = JsonSerializer.SerializeToElement(libbpfs, json.IReadOnlyListLibbpfInfo),
        };
    }

    /// <summary>The further probers of a run.</summary>
    public static IReadOnlyList<ProgramVariant> Variants(RunInfo run) =>
    [
        .. Libbpfs(run).Where(l => l.Label is not null)
            .Select(l => new ProgramVariant(l.Label!, $"libbpf {l.Version}", l.ProberSha256)),
    ];

    private static IReadOnlyList<T> Read<T>(RunInfo run, string key, JsonTypeInfo<IReadOnlyList<T>> type)
    {
        if (run.Facts is null || !run.Facts.TryGetValue(key, out var fact) || fact.ValueKind == JsonValueKind.Null)
        {
            return [];
        }
        try
        {
            var list = fact.Deserialize(type) ?? [];
            return !list.Any(item => item is null) ? list : throw new ResultsException(
                $"{run.Id}: $.run.{key} holds null where a value must stand");
        }
        catch (JsonException e)
        {
            throw new ResultsException($"{run.Id}: $.run.{key} is not of the form that this harness knows: {e.Message}",
                e);
        }
    }
}

/// <summary>As results.json is written: names in camel case, what is required is there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<ToolchainInfo>))]
[JsonSerializable(typeof(IReadOnlyList<LibbpfInfo>))]
internal sealed partial class RunFactsJson : JsonSerializerContext;
