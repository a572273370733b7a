using System.Text.Json;
using Harness.Machines;
using Harness.Results;

namespace Harness.Probes;

/// <summary>The programs of one probe in a run.</summary>
/// <param name="First">
/// The program that asks what the further builds do not ask; its <see cref="NativeProgram.Label"/> is empty.
/// </param>
public sealed record ProbePrograms(NativeProgram First)
{
    /// <summary>Further builds, each with a label that ends its case ids.</summary>
    public IReadOnlyList<NativeProgram> Further { get; init; } = [];

    /// <summary>
    /// What the probe notes of its own in <c>run</c> of <c>results.json</c>, by the field's name. It is given the tasks
    /// of the probe's programs, in their order.
    /// </summary>
    public Func<IReadOnlyList<ProgramTask>, IDictionary<string, JsonElement>> Facts { get; init; } =
        _ => new Dictionary<string, JsonElement>();

    /// <summary>What users handed to the probe, and no kernel can be asked about; the rest is asked.</summary>
    public IReadOnlyList<NotAsked> NotAsked { get; init; } = [];

    /// <summary>What a reader of the run should know, such as what was found on the way.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Parts of the kernel that these programs need, though the probe does without them in general.</summary>
    public IReadOnlyList<KernelArea> Needs { get; init; } = [];

    public IReadOnlyList<NativeProgram> All => [First, .. Further];
}
