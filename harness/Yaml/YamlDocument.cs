using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Harness.Yaml;

/// <summary>
/// A YAML file read strictly: an unknown or repeated key, or a value of the wrong type, is an error with its place.
/// </summary>
/// <typeparam name="T">What the file looks like.</typeparam>
public sealed class YamlDocument<T>
    where T : class, new()
{
    private readonly YamlNode? _root;

    private YamlDocument(string path, T content, YamlNode? root)
    {
        Path = path;
        Content = content;
        _root = root;
    }

    public string Path { get; }

    public T Content { get; }

    /// <exception cref="YamlFileException">The file is missing, no YAML, or not of this form.</exception>
    public static YamlDocument<T> Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new YamlFileException([e is FileNotFoundException or DirectoryNotFoundException ? $"{path}: no such file" : Directory.Exists(path) ? $"{path}: is a directory" : $"{path}: {e.Message}"]);
        }
        return Parse(path, text);
    }

    public static YamlDocument<T> Parse(string path, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var content = Deserializer().Deserialize<T?>(text) ?? new T();
            return new YamlDocument<T>(path, content, stream.Documents.Count > 0 ? stream.Documents[0].RootNode : null);
        }
        catch (YamlException e)
        {
            throw new YamlFileException([$"{Mark(path, e.Start)}: {Explain(e)}"]);
        }
    }

    /// <summary>The place of a value, as <c>file:line:column</c>; of the nearest one above it when it is not there.</summary>
    /// <param name="keys">Keys and indexes from the top: <c>"kernels", 2, "debian"</c>.</param>
    public string At(params ReadOnlySpan<object> keys)
    {
        var node = _root;
        foreach (var key in keys)
        {
            var next = (node, key) switch
            {
                (YamlMappingNode map, string name) when map.Children.TryGetValue(new YamlScalarNode(name), out var value) => value,
                (YamlSequenceNode list, int index) when index < list.Children.Count => list.Children[index],
                _ => null,
            };
            if (next is null)
            {
                break;
            }
            node = next;
        }
        return node is null ? $"{Path}:1:1" : Mark(Path, node.Start);
    }

    private static IDeserializer Deserializer() => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new YamlEnumConverter())
        .WithDuplicateKeyChecking()
        .Build();

    private static string Mark(string path, Mark mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}:{mark.Line}:{mark.Column}");

    private static string Explain(YamlException e)
    {
        const string UnknownKey = "Property '";
        if (e.Message.StartsWith(UnknownKey, StringComparison.Ordinal))
        {
            var key = e.Message[UnknownKey.Length..e.Message.IndexOf('\'', UnknownKey.Length)];
            return $"unknown key '{key}'; the known ones are in kernels.schema.json";
        }
        const string NoFit = "No node deserializer";
        return e.InnerException switch
        {
            FormatException or OverflowException => $"the value is of the wrong type: {e.InnerException.Message}",
            // YamlDotNet names its own classes here, which tell the file's author nothing.
            _ when e.Message.StartsWith(NoFit, StringComparison.Ordinal) || e.InnerException is not (null or YamlException) =>
                "the value is of the wrong type; kernels.schema.json says what belongs here",
            _ => e.Message,
        };
    }
}
