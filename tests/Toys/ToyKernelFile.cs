using System.ComponentModel;

namespace Harness.Toys;

/// <summary>The text of a <c>toy:</c> entry.</summary>
public sealed class ToyKernelFile
{
    [Description("The image's path.")]
    public string? File { get; set; }

    [Description("The kernel's upstream version, such as 6.1.192.")]
    public string? Version { get; set; }
}
