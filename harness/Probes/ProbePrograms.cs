using System.Text.Json;

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

    public IReadOnlyList<NativeProgram> All => [First, .. Further];
}
