namespace Harness.Probes.InnerMaps;

/// <summary>What help texts show of this probe.</summary>
internal static class InnerMapsExamples
{
    public static ProbeExamples Instance { get; } = new()
    {
        Subject = "struct-typed inner maps work in BPF map-in-maps",
        Case = "raw.array_of_maps.array.struct.none",
        Pattern = "*.struct.*",
        LayerPattern = "raw.*.struct.*",
        QuestionPattern = "raw.*.array.struct.none",
        Sources = "kernel/bpf",
    };
}
