using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Harness.Yaml;

/// <summary>Mistakes in a YAML file, in words for the file's author.</summary>
internal static class YamlErrors
{
    private const string Wrong = "the value is of the wrong type; kernels.schema.json says what belongs here";

    public static YamlException UnknownKey(Scalar key) => new(key.Start, key.End, UnknownKey(key.Value));

    public static YamlException WrongType(ParsingEvent value) => new(value.Start, value.End, Wrong);

    /// <summary>
    /// What YamlDotNet found, without its own names of classes, which tell the file's author nothing.
    /// </summary>
    public static string Explain(YamlException e)
    {
        const string NoProperty = "Property '";
        const string NoFit = "No node deserializer";
        if (e.Message.StartsWith(NoProperty, StringComparison.Ordinal))
        {
            return UnknownKey(e.Message[NoProperty.Length..e.Message.IndexOf('\'', NoProperty.Length)]);
        }
        return e.InnerException switch
        {
            FormatException or OverflowException => $"the value is of the wrong type: {e.InnerException.Message}",
            _ when e.Message.StartsWith(NoFit, StringComparison.Ordinal) => Wrong,
            not (null or YamlException) => Wrong,
            _ => e.Message,
        };
    }

    private static string UnknownKey(string key) => $"unknown key '{key}'; the known ones are in kernels.schema.json";
}
