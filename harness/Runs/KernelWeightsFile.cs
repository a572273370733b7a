using YamlDotNet.Serialization;

namespace Harness.Runs;

#pragma warning disable CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of <c>kernels.weights.yaml</c>.</summary>
internal sealed class KernelWeightsFile
{
    [YamlMember(Alias = "weightsVersion", ApplyNamingConventions = false)]
    public int WeightsVersion { get; set; }

    /// <summary>By the kernel's id.</summary>
    public Dictionary<string, double>? Seconds { get; set; }
}
