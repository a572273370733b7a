namespace Harness.Probes.InnerMaps;

/// <summary>The probe that this project was made for: which inner maps does a BPF map-in-map take?</summary>
public static class InnerMapsProbe
{
    public static Probe Instance { get; } = new()
    {
        Name = "inner-maps",
        Title = "Where struct-typed inner maps work",
        Layers = ["raw", "libbpf"],
        Ids = new CaseIdForm
        {
            Parts = ["layer", "outer", "inner", "template", "candidate"],
            Places = ["outer", "inner"],
            Rest = "variant",
            // Map types first: a question that holds for every type reads best as one line.
            FoldOrder = ["inner", "outer", "variant", "candidate", "template", "layer"],
            Separator = " → ",
        },
        Steps = ["btf_load", "template", "inner", "outer", "update", "object_open", "object_load"],
        DoesWithout = InnerMapsKernel.DoesWithout,
        KernelOptions = InnerMapsKernel.Options,
    };
}
