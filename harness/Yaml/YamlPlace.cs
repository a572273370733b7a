using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Yaml;

/// <summary>The place of a value in a YAML file, written as <c>file:line:column</c>.</summary>
public sealed class YamlPlace
{
    private readonly string _file;
    private readonly YamlNode? _node;
    private readonly bool _isAbove;

    /// <param name="isAbove">The value itself is not there: this is the nearest one above it.</param>
    internal YamlPlace(string file, YamlNode? node, bool isAbove = false) =>
        (_file, _node, _isAbove) = (file, node, isAbove);

    /// <summary>The place of a value below this one; of the nearest value above it when it is not there.</summary>
    /// <param name="key">A key of the mapping at this place, or an index of the list.</param>
    public YamlPlace this[object key] =>
        _isAbove ? this : new YamlPlace(_file, Child(key) ?? _node, Child(key) is null);

    /// <summary>A path that the file names relative to itself, made absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(_file))!);

    public override string ToString() => _node is null ? $"{_file}:1:1" : Write(_file, _node.Start);

    internal static string Write(string file, Mark mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}:{mark.Line}:{mark.Column}");

    private YamlNode? Child(object key) => (_node, key) switch
    {
        (YamlMappingNode map, string name) =>
            map.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null,
        (YamlSequenceNode list, int index) => index < list.Children.Count ? list.Children[index] : null,
        _ => null,
    };
}
