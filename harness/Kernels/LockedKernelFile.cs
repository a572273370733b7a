using Harness.Kernels.Archives;
using Harness.Machines;
using Harness.Yaml;

namespace Harness.Kernels;

/// <summary>The text of one kernel of a lock: what every kernel has, and the keys of its source.</summary>
public sealed class LockedKernelFile : YamlMapping
{
    /// <summary>The keys that every kernel has.</summary>
    internal static IReadOnlyList<YamlKey> CommonKeys { get; } =
    [
        new("id", typeof(string), "The kernel's id."),
        new("version", typeof(string), "Its upstream version, where it is known."),
        new("arch", typeof(string), "Its architecture, as `uname -m` says; default: the first machine's."),
        LineName.Key,
    ];

    public string? Id => Get<string>("id");

    public string? Line => Get<string>(LineName.Name);

    public KernelVersion? Version => KernelVersion.TryParse(Get<string>("version"));

    /// <summary>Locks that older harnesses wrote do not say it: theirs are the default machine's.</summary>
    public string Arch => Get<string>("arch") ?? MachineList.Default.Name;
}
