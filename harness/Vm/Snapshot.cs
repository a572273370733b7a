using System.Text.Json.Serialization;

namespace Harness.Vm;

/// <summary>
/// A guest that was saved when it was ready for its orders: what <c>snapshot.json</c> says, beside the files
/// <c>memory</c> and <c>state</c> (waiting-guest.py) and <c>console</c>, what the kernel had said until then.
/// </summary>
/// <param name="Key">All that it depends on, a line each (<see cref="SnapshotKey"/>).</param>
/// <param name="Chunks">Which chunks of memory the file has, in its order.</param>
/// <param name="Checksum">Of memory, chunks and state (CRC-32).</param>
internal sealed record Snapshot(IReadOnlyList<string> Key, IReadOnlyList<int> Chunks, uint Checksum)
{
    /// <summary>Why a guest with this key does not come so far that it could be saved; else <c>null</c>.</summary>
    public string? Unfit { get; init; }

    /// <summary>The directory, absolute.</summary>
    [JsonIgnore]
    public string Directory { get; init; } = "";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(SavedGuest))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
