using System.Text.RegularExpressions;

namespace Harness.Kernels.Debian;

/// <summary>What the name of a package says about the kernel image in it.</summary>
/// <param name="IsBinary">
/// Named <c>linux-binary-…</c>, the image's package since 6.19; before that it is <c>linux-image-…</c>.
/// </param>
public sealed partial record KernelPackageName(string Abi, string Flavour, bool Signed, bool IsBinary)
{
    /// <summary>
    /// Reads <c>linux-image-ABI-FLAVOUR[-unsigned]</c> and <c>linux-binary-[unsigned-]ABI-FLAVOUR</c>; <c>null</c> for
    /// every other name, debug symbols and metapackages without an ABI (<c>linux-image-cloud-amd64</c>) among them.
    /// </summary>
    public static KernelPackageName? TryParse(string name)
    {
        if (Pattern().Match(name) is not { Success: true } match)
        {
            return null;
        }
        var signed = !match.Groups["unsigned"].Success && !match.Groups["unsignedLast"].Success;
        return new KernelPackageName(
            match.Groups["abi"].Value, match.Groups["flavour"].Value, signed, match.Groups["kind"].Value == "binary");
    }

    // ABIs seen: 5.10.0-43, 6.1.0-0.deb11.52, 6.12.90+deb12.1, 7.3 (an rc). Flavours can start with
    // digits too (686-pae), which are not the last part of an ABI.
    [GeneratedRegex(
        @"^linux-(?<kind>image|binary)(-(?<unsigned>unsigned))?"
            + @"-(?<abi>[0-9]+(\.[0-9]+)+(\+[a-z0-9.]+)?(-(rc[0-9]+|(?!686\b)[0-9]+(\.[a-z0-9]+)*))?)"
            + @"-(?<flavour>[a-z0-9][a-z0-9-]*?)(?<unsignedLast>-unsigned)?(?<!-dbg)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
