using Harness.Yaml;

namespace Harness.Probes;

/// <summary>
/// The text of one entry under <c>probes</c> in a matrix: the key of a probe, and further keys that it takes beside it.
/// </summary>
public sealed class ProbeEntryFile : YamlMapping;
