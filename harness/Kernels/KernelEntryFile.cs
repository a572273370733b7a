using Harness.Yaml;

namespace Harness.Kernels;

/// <summary>
/// The text of one entry under <c>kernels</c>: the key of a source, and further keys that the source takes beside it.
/// </summary>
public sealed class KernelEntryFile : YamlMapping;
