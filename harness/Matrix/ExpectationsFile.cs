namespace Harness.Matrix;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a file of expectations.</summary>
public sealed class ExpectationsFile
{
    /// <summary>Of several that match a case on a kernel, the first counts.</summary>
    public List<ExpectationFile>? Expectations { get; set; }
}
