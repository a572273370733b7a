using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>
/// The text of <c>kernels.yaml</c>: the matrix's own keys, and sections that sources and probes contribute.
/// </summary>
public sealed class MatrixFile : YamlMapping
{
    internal const string TimeoutKey = "timeout";
    internal const string CpusKey = "cpus";
    internal const string KernelsKey = "kernels";
    internal const string ProbesKey = "probes";
    internal const string ExpectationsFileKey = "expectations_file";
    internal const string ExpectationsKey = "expectations";
}
