namespace Harness.Probes.InnerMaps;

/// <summary>A BPF object inside the prober, and what its compiler left out of its BTF.</summary>
/// <param name="Toolchain"><c>clang-14</c>.</param>
/// <param name="Name"><c>array_of_maps.lru_hash.struct</c>.</param>
/// <param name="Missing">In words, <c>struct foo is a FWD</c>; <c>null</c> when it is complete.</param>
public sealed record BpfObject(string Toolchain, string Name, string? Missing)
{
    /// <summary>The objects inside a prober, each toolchain's together, the default one's first.</summary>
    /// <exception cref="ProgramException">The prober does not answer as bpf/inner-maps/README.md says.</exception>
    public static async Task<IReadOnlyList<BpfObject>> ReadAsync(string prober, CancellationToken cancellation) =>
        [.. (await NativeProgram.AskAsync(prober, "--objects", cancellation).ConfigureAwait(false)).Select(Parse)];

    /// <summary>Reads a line of <c>prober --objects</c>.</summary>
    /// <exception cref="ProgramException">It is no such line.</exception>
    public static BpfObject Parse(string line) => line.Split('\t') switch
    {
        [var toolchain, var name, "complete", ""] => new BpfObject(toolchain, name, null),
        [var toolchain, var name, "incomplete", { Length: > 0 } missing] => new BpfObject(toolchain, name, missing),
        _ => throw new ProgramException("the prober's objects have a line that is not "
            + $"'toolchain, name, complete or incomplete, what is missing': '{line}'"),
    };
}
