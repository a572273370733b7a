using YamlDotNet.Serialization;

namespace Harness.Kernels;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of <c>kernels.lock.yaml</c>.</summary>
/// <typeparam name="T">A kernel's text; another type when it is written than when it is read.</typeparam>
public sealed class KernelLockText<T>
{
    [YamlMember(Alias = "lockVersion", ApplyNamingConventions = false)]
    public int LockVersion { get; set; }

    public List<T>? Kernels { get; set; }
}
