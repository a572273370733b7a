using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Yaml;

/// <summary>
/// A YAML file read strictly: an unknown or repeated key, or a value of the wrong type, is an error with its place.
/// </summary>
/// <typeparam name="T">What the file looks like.</typeparam>
public sealed class YamlDocument<T>
    where T : class, new()
{
    private YamlDocument(T content, YamlPlace top) => (Content, Top) = (content, top);

    public T Content { get; }

    /// <summary>The place of the whole content; indexing it leads to the places of values.</summary>
    public YamlPlace Top { get; }

    /// <summary>
    /// The place of a value, as <c>file:line:column</c>; of the nearest one above it when it is not there.
    /// </summary>
    /// <param name="keys">Keys and indexes from the top: <c>"kernels", 2, "name"</c>.</param>
    public string At(params ReadOnlySpan<object> keys)
    {
        var place = Top;
        foreach (var key in keys)
        {
            place = place[key];
        }
        return place.ToString();
    }

    /// <param name="forms">The keys of mappings that several parts of the harness contribute to.</param>
    /// <exception cref="YamlFileException">The file is missing, no YAML, or not of this form.</exception>
    public static YamlDocument<T> Load(string path, params IReadOnlyList<YamlForm> forms) =>
        Parse(path, Read(path), forms);

    /// <exception cref="YamlFileException">The file is missing, no YAML, or not of this form.</exception>
    public static YamlDocument<T> Load(string path, YamlReader reader) => Parse(path, Read(path), reader);

    /// <param name="path">The file's, for the places.</param>
    /// <param name="forms">The keys of mappings that several parts of the harness contribute to.</param>
    /// <exception cref="YamlFileException">The text is no YAML, or not of this form.</exception>
    public static YamlDocument<T> Parse(string path, string text, params IReadOnlyList<YamlForm> forms) =>
        Parse(path, text, new YamlReader(null, forms));

    private static string Read(string path)
    {
        try
        {
            return Files.ReadText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = e is FileNotFoundException or DirectoryNotFoundException ? "no such file"
                : Directory.Exists(path) ? "is a directory"
                : Files.IsSpecial(path) ? "is no regular file"
                : e.Message;
            throw new YamlFileException([$"{path}: {problem}"]);
        }
    }

    private static YamlDocument<T> Parse(string path, string text, YamlReader reader)
    {
        try
        {
            YamlDepth.Check(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count > 1)
            {
                var second = stream.Documents[1].RootNode.Start;
                throw new YamlException(second, second, "a second document begins here, and one is read");
            }
            var content = reader.Deserialize<T>(text) ?? new T();
            return new YamlDocument<T>(content, new YamlPlace(path, stream.Documents.FirstOrDefault()?.RootNode));
        }
        catch (YamlException e)
        {
            throw new YamlFileException([$"{YamlPlace.Write(path, e.Start)}: {YamlErrors.Explain(e, reader.Schema)}"]);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet takes some damaged texts for events in an order that it does not expect, and names no place.
            throw new YamlFileException([$"{YamlPlace.Write(path, Mark.Empty)}: this is no YAML that can be read"]);
        }
    }
}
