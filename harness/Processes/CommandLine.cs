using System.Text;
using CliWrap;

namespace Harness.Processes;

/// <summary>The words of a <see cref="Command"/>, for messages and logs.</summary>
public static class CommandLine
{
    private const string PlainPunctuation = "-_=+./:,@%~";

    /// <summary>The command line as a user would type it in a shell.</summary>
    public static string ToShell(this Command command) =>
        string.Join(' ', command.ArgumentList().Prepend(command.TargetFilePath).Select(Quote));

    /// <summary>
    /// The arguments as a list. CliWrap keeps them as one string only; this reads it by the rules by which the
    /// runtime splits it for execve(2): blanks part words, double quotes hold them together, and a backslash is
    /// special before a double quote only.
    /// </summary>
    public static IReadOnlyList<string> ArgumentList(this Command command)
    {
        var arguments = new List<string>();
        var text = command.Arguments;
        for (var i = SkipBlanks(text, 0); i < text.Length; i = SkipBlanks(text, i))
        {
            arguments.Add(ReadWord(text, ref i));
        }
        return arguments;
    }

    private static int SkipBlanks(string text, int i)
    {
        while (i < text.Length && IsBlank(text[i]))
        {
            i++;
        }
        return i;
    }

    private static string ReadWord(string text, ref int i)
    {
        var word = new StringBuilder();
        for (var quoted = false; i < text.Length && (quoted || !IsBlank(text[i]));)
        {
            var backslashes = text.AsSpan(i).IndexOfAnyExcept('\\') is >= 0 and var count ? count : text.Length - i;
            var beforeQuote = i + backslashes < text.Length && text[i + backslashes] == '"';
            word.Append('\\', beforeQuote ? backslashes / 2 : backslashes);
            i += backslashes;
            if (beforeQuote && backslashes % 2 == 0)
            {
                quoted = !quoted;
                i++;
            }
            else if (beforeQuote || (backslashes == 0 && i < text.Length))
            {
                word.Append(text[i++]);
            }
        }
        return word.ToString();
    }

    private static bool IsBlank(char c) => c is ' ' or '\t';

    private static string Quote(string word) =>
        word.Length > 0 && word.All(IsPlain) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) =>
        char.IsAsciiLetterOrDigit(c) || PlainPunctuation.Contains(c, StringComparison.Ordinal);
}
