using System.Text.Json.Serialization;

namespace Harness.Vm;

/// <summary>
/// What is known of a guest that could be restored: what <c>snapshot.json</c> says. Beside it are the files
/// <c>memory</c> and <c>state</c> (waiting-guest.py) and <c>console</c>, what the kernel had said until it was saved.
/// Of a guest that was only booted so far, or cannot be saved, there are none.
/// </summary>
/// <param name="Key">All that it depends on, a line each (<see cref="SnapshotKey"/>).</param>
/// <param name="Chunks">Which chunks of memory the file has, in its order.</param>
/// <param name="Checksum">Of memory, chunks and state (CRC-32).</param>
internal sealed record Snapshot(IReadOnlyList<string> Key, IReadOnlyList<int> Chunks, uint Checksum)
{
    /// <summary>The SHA256 of <c>console</c>; <c>null</c> where nothing is saved.</summary>
    public string? ConsoleSha256 { get; init; }

    /// <summary>When this was written.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Why a guest with this key is not to be saved; else <c>null</c>.</summary>
    public string? Unfit { get; init; }

    /// <summary>
    /// How guests with this key ended that were booted with their programs and asked what may kill them, in the words
    /// of <see cref="VirtualMachine.RememberEnd"/>: what one does that was restored is held against it.
    /// </summary>
    public IReadOnlyList<string> Ends { get => field ?? []; init; }

    /// <summary>The directory, absolute.</summary>
    [JsonIgnore]
    public string Directory { get; init; } = "";

    /// <summary>A guest was saved; otherwise it is only known that one was booted, or cannot be saved.</summary>
    [JsonIgnore]
    public bool IsSaved => ConsoleSha256 is not null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(SavedGuest))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
