using System.ComponentModel;

namespace Harness.Matrix;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a file of expectations.</summary>
[Description("Expectations: what is expected of which kernels, and why.")]
public sealed class ExpectationsFile
{
    internal const string Meaning = "Expectations; of several that match a case on a kernel, the first counts."
        + " A case that none foresees to fail or to be skipped is expected to pass.";

    [Description(Meaning)]
    public List<ExpectationFile>? Expectations { get; set; }
}
