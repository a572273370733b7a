using System.Text.Json;
using YamlDotNet.Serialization;

namespace Harness.Matrix;

/// <summary>Values are written as in results.json (<c>boot_failed</c>), with hyphens or underscores between words.</summary>
internal sealed class YamlEnumNaming : INamingConvention
{
    public string Apply(string value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value);

    public string Reverse(string value) => string.Concat(value.Split('-', '_').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));
}
