using Harness.Results;

namespace Harness.Probes.Object;

/// <summary>A BPF object that a user asks about.</summary>
/// <param name="At">Where it was named.</param>
/// <param name="IdStart"><c>object.NAME</c>.</param>
/// <param name="File">Its absolute path.</param>
/// <param name="Name">As reports call it: its file's name, or the entry's <c>name</c>.</param>
/// <param name="Attach">Its programs are attached, too.</param>
/// <param name="Supports">The versions that its author means it to load on; <c>null</c> for all.</param>
public sealed record ObjectSubject(
    string At, string IdStart, string File, string Name, bool Attach, VersionCondition? Supports)
    : ProbeSubject(At, IdStart)
{
    private const string Layer = "object";

    /// <summary>In characters: the guest's program has room for a few more, such as <c>-12</c> at its end.</summary>
    private const int LongestPart = 56;

    private static readonly string[] _suffixes = [".bpf.o", ".o"];

    /// <summary>
    /// What a program comes to whose target is its loader's to make, or is nothing that the kernel has. The case's
    /// reason says which.
    /// </summary>
    private Foresight NoTarget => new(
        new Glob($"{IdStart}.attach.*"), CaseStatus.Skip,
        "The kernel, or the guest, has nothing of what it would be attached to.");

    /// <inheritdoc/>
    public override IReadOnlyList<Foresight> Foreseen => Supports is null ? [NoTarget] :
    [
        new(AllCases, CaseStatus.Fail, $"Its author means it for {Supports} only.")
        {
            ButOn = Supports,
            AlsoForeseen = [CaseStatus.Skip],
        },
        NoTarget,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> HostFiles => [File];

    /// <summary>Its name in the directory of objects of a guest, and so in the ids of its cases.</summary>
    public string GuestName => IdStart[(Layer.Length + 1)..];

    /// <param name="name">The entry's name for it; <c>null</c> for its file's.</param>
    public static ObjectSubject Of(string at, string file, string? name, bool attach, VersionCondition? supports)
    {
        var shown = name ?? Path.GetFileName(file);
        return new(at, $"{Layer}.{IdParts.Of(name ?? WithoutSuffix(shown), longest: LongestPart)}", file, shown, attach,
            supports);
    }

    private static string WithoutSuffix(string name) =>
        _suffixes.FirstOrDefault(s => name.Length > s.Length && name.EndsWith(s, StringComparison.Ordinal))
            is { } suffix
            ? name[..^suffix.Length]
            : name;
}
