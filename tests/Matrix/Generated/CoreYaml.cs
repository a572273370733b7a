using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Tests.Matrix.Generated;

/// <summary>
/// A YAML text as the JSON value that an editor holds against a schema: by the core schema of YAML 1.2, written here
/// from its table of regular expressions (YAML 1.2.2, section 10.3.2), apart from the harness's own reading of it.
/// </summary>
internal static class CoreYaml
{
    /// <exception cref="FormatException">It is no YAML, or has what JSON has not.</exception>
    public static JsonNode? Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new FormatException(e.Message, e);
        }
        return stream.Documents.Count switch
        {
            0 => null,
            1 => Convert(stream.Documents[0].RootNode),
            _ => throw new FormatException("more than one document"),
        };
    }

    private static JsonNode? Convert(YamlDotNet.RepresentationModel.YamlNode node) => node switch
    {
        YamlScalarNode scalar => Scalar(scalar),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(
            pair.Key is YamlScalarNode key ? key.Value! : throw new FormatException("a key is no scalar"),
            Convert(pair.Value)))),
        _ => throw new FormatException("an unknown node"),
    };

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            return text;
        }
        return Regex.IsMatch(text, @"\A(null|Null|NULL|~|)\z") ? null
            : Regex.IsMatch(text, @"\A(true|True|TRUE)\z") ? true
            : Regex.IsMatch(text, @"\A(false|False|FALSE)\z") ? false
            : Regex.IsMatch(text, @"\A0o[0-7]+\z") ? System.Convert.ToInt64(text[2..], 8)
            : Regex.IsMatch(text, @"\A0x[0-9a-fA-F]+\z") ? System.Convert.ToInt64(text[2..], 16)
            : Regex.IsMatch(text, @"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")
                ? double.Parse(text, CultureInfo.InvariantCulture)
            : Regex.IsMatch(text, @"\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")
                ? throw new FormatException("JSON has no such number")
            : text;
    }
}
