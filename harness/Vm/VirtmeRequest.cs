using System.Text.Json.Serialization;

namespace Harness.Vm;

/// <summary>One VM that <see cref="VirtmeHost"/> is to launch.</summary>
/// <param name="Directory">virtme-run's working directory.</param>
/// <param name="Environment">Variables that differ from the harness's own.</param>
/// <param name="ErrorFile">Gets what virtme-run and QEMU say on standard error.</param>
/// <param name="Writable">The files that may be written beside the working directory.</param>
/// <param name="Arguments">virtme-run's, without its name.</param>
/// <param name="Waiting">Of a guest that waits for its orders; else <c>null</c>.</param>
internal sealed record VirtmeRequest(
    string Directory,
    IReadOnlyDictionary<string, string?> Environment,
    string ErrorFile,
    IReadOnlyList<string> Writable,
    IReadOnlyList<string> Arguments,
    WaitingRequest? Waiting = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VirtmeRequest))]
[JsonSerializable(typeof(SaveRequest))]
internal sealed partial class VirtmeJson : JsonSerializerContext;
