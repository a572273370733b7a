using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Kernels.Oci;

/// <summary>An image of containers as skopeo(1) names it: a transport and what the transport takes.</summary>
/// <param name="Text"><c>docker://host/name:tag</c>, <c>oci:/absolute/path:tag</c>.</param>
public sealed partial record OciReference(string Text)
{
    /// <summary>The regular expression of what a matrix may give; JavaScript reads it, too.</summary>
    public const string Pattern = @"^[^\s-][^\s]*$";

    private const string Registry = "docker://";

    /// <summary>Whether its registry finds it by its digest, too.</summary>
    public bool TakesDigest => Text.StartsWith(Registry, StringComparison.Ordinal);

    /// <summary>The last part of its name, with the tag: <c>ci-kernels-6.6</c>.</summary>
    public string Name =>
        KernelIds.Replace(Text[(Text.LastIndexOf('/') + 1)..].Replace(':', '-').Replace('@', '-')).TrimStart('-', '.');

    /// <summary>
    /// Reads a reference. A path is relative to the matrix; without a transport, it is an image of a registry.
    /// </summary>
    public static OciReference? Read(string text, YamlPlace place, YamlPlace at, List<string> problems)
    {
        if (!Valid().IsMatch(text))
        {
            problems.Add($"{place}: '{text}' names no image, such as docker://host/name:tag or oci:DIRECTORY:TAG");
            return null;
        }
        return LocalTransport().Match(text) is { Success: true } local
            ? new OciReference($"{local.Groups["transport"].Value}:{at.Resolve(local.Groups["path"].Value)}"
                + local.Groups["tag"].Value)
            : new OciReference(text.Contains("://", StringComparison.Ordinal) ? text : $"{Registry}{text}");
    }

    /// <summary>The same image by its digest, without a tag.</summary>
    public string At(string digest)
    {
        var name = Text.Split('@')[0];
        var tag = name.LastIndexOf(':');
        return $"{(tag > name.LastIndexOf('/') ? name[..tag] : name)}@{digest}";
    }

    [GeneratedRegex(@"^[^\s-][^\s]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Valid();

    [GeneratedRegex(@"^(?<transport>oci|dir|oci-archive|docker-archive):(?<path>[^:]+)(?<tag>:[^:]*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LocalTransport();
}
