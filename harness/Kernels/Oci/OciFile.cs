using System.ComponentModel;
using Harness.Yaml;

namespace Harness.Kernels.Oci;

/// <summary>The text of an <c>oci:</c> entry.</summary>
public sealed class OciFile
{
    [Description("The image as skopeo names it, such as quay.io/name/kernels:6.6, or oci:DIRECTORY:TAG relative to this"
        + " file.")]
    [YamlRule(Required = true, Pattern = OciReference.Pattern)]
    public string? Image { get; set; }

    [Description("A pattern of the kernel's path in the image, where it has several, such as boot/vmlinuz-6.6.*.")]
    [YamlRule(Pattern = Glob.SyntaxPattern)]
    public string? Path { get; set; }

    [Description("Which signatures count, a file as containers-policy.json(5) has it, relative to this one. Default:"
        + " the machine's own.")]
    [YamlRule(Pattern = YamlRuleAttribute.Path)]
    public string? Policy { get; set; }

    [Description("The architecture, as `uname -m` says. Default: that of the first machine.")]
    [YamlRule(Pattern = YamlRuleAttribute.NotBlank)]
    public string? Arch { get; set; }
}
