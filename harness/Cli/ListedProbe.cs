using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Cli;

/// <summary>One probe as <c>probes --json</c> gives it.</summary>
/// <param name="Sha256">Of the program that runs in the guest; of several, of the one that asks most.</param>
internal sealed record ListedProbe(string Name, string Title, string Sha256, IReadOnlyList<ListedCase> Cases);

/// <summary>One case as <c>probes --json</c> gives it.</summary>
/// <param name="Want">What a portable program wants of a kernel: <c>accept</c> or <c>reject</c>.</param>
/// <param name="Why">Why that is wanted; empty where it is obvious.</param>
internal sealed record ListedCase(string Id, string Want, string Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ListedProbe>))]
internal sealed partial class ProbesJson : JsonSerializerContext
{
    private static ProbesJson? _readable;

    /// <summary>Written for people too: without escapes where JSON does not ask for them.</summary>
    public static ProbesJson Readable => _readable ??= new ProbesJson(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
