using Harness.Story;

namespace Harness.Cli;

/// <summary>A cell of a table.</summary>
/// <param name="Text">One line.</param>
/// <param name="Mark">What it says at a glance: its colour, where the terminal has colours.</param>
internal readonly record struct TerminalCell(string Text, Mark? Mark = null)
{
    public static TerminalCell FromString(string text) => new(text);

    public static implicit operator TerminalCell(string text) => new(text);
}
