using System.Text.Json.Serialization;

namespace Harness.Cluster;

/// <summary>
/// What an element writes when it begins and when it ends, so that nothing depends on how long the cluster remembers
/// it.
/// </summary>
/// <param name="Job">The id of the job that it is of.</param>
/// <param name="Node">The node's name, as the cluster has it.</param>
/// <param name="EndedAt">Unix time in seconds; <c>null</c> until it has ended.</param>
/// <param name="ExitCode">The harness's; <c>null</c> until it has ended.</param>
internal sealed record ElementState(
    string Job, string Node, long StartedAt, long? EndedAt = null, int? ExitCode = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ClusterJob))]
[JsonSerializable(typeof(ElementState))]
internal sealed partial class ClusterJson : JsonSerializerContext;
