using System.Text;

namespace Harness.Probes.Exec;

/// <summary>The first line of a script, which names the program that runs it (execve(2)).</summary>
/// <param name="Interpreter">The program's path.</param>
/// <param name="Argument">All that follows it; empty where nothing does.</param>
internal sealed record ScriptLine(string Interpreter, string Argument)
{
    /// <summary>In bytes: the kernel reads no more (BINPRM_BUF_SIZE; 127 before Linux 5.1).</summary>
    public const int Longest = 255;

    /// <param name="head">The start of a file.</param>
    /// <returns><c>null</c> when it is no script, or names no program.</returns>
    public static ScriptLine? Read(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        if (!head.StartsWith("#!"u8) || (end < 0 && head.Length >= Longest))
        {
            return null;
        }
        var line = Encoding.UTF8.GetString(end < 0 ? head[2..] : head[2..end]).Trim(' ', '\t');
        var blank = line.IndexOfAny([' ', '\t']);
        var script = blank < 0
            ? new ScriptLine(line, "") : new ScriptLine(line[..blank], line[blank..].Trim(' ', '\t'));
        return script.Interpreter.Length == 0 || script.Interpreter.Contains('\0', StringComparison.Ordinal)
            ? null : script;
    }
}
