using YamlDotNet.Core;

namespace Harness.Yaml;

/// <summary>How deep a YAML text may be nested.</summary>
internal static class YamlDepth
{
    /// <summary>
    /// What reads a text into values calls itself for each level, and a stack that overflows ends the process. The
    /// deepest of the harness's own files has eight levels.
    /// </summary>
    private const int Maximum = 64;

    /// <summary>Reads the text as a sequence of events, for which no stack is needed.</summary>
    /// <exception cref="YamlException">It is nested deeper, or no YAML.</exception>
    public static void Check(string text)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; HasNext(parser);)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Maximum)
            {
                throw new YamlException(
                    parser.Current.Start, parser.Current.End, $"values are nested more than {Maximum} levels deep");
            }
        }
    }

    /// <summary>
    /// YamlDotNet's scanner gives up on some texts with an exception that names no place, such as a plain value in
    /// brackets that ends in control characters.
    /// </summary>
    private static bool HasNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            var end = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(end, end, "what follows is no YAML that can be read");
        }
    }
}
