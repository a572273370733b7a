using System.ComponentModel;

namespace Harness.Kernels.Debian;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a rule over the Debian archive.</summary>
public sealed class DebianFile
{
    [Description("The suites to look in, in order of preference, such as bookworm, bookworm-security, "
        + "trixie-backports, experimental.")]
    public List<string>? Suites { get; set; }

    [Description("The flavour, with its architecture as Debian writes it, such as cloud-amd64, amd64, rt-amd64.")]
    public string? Flavour { get; set; }

    [Description("The oldest upstream version wanted, inclusive; a bare series such as 5.10 means all of it.")]
    public string? From { get; set; }

    [Description("The newest upstream version wanted, inclusive; a bare series such as 7.3 means all of it.")]
    public string? To { get; set; }

    [Description("Which kernels of every series. Default: newest.")]
    public Pick? Pick { get; set; }

    [Description("Just these Debian versions, such as 6.1.192-2, instead of a choice from every series.")]
    public List<string>? Versions { get; set; }
}
