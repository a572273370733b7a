using System.Globalization;
using System.Text;

namespace Harness.Cli;

/// <summary>
/// Lines at the bottom of a terminal that are drawn again and again; all else that is written goes above them. The
/// cursor rests at the beginning of the line below, and no mode of the terminal is changed: a program that is killed
/// leaves a terminal on which the next prompt is where it belongs. Takes calls from any thread.
/// </summary>
/// <param name="screen">The terminal.</param>
/// <param name="size">Its size at this moment.</param>
internal sealed class LiveRegion(TextWriter screen, Func<TerminalSize> size)
{
    /// <summary>
    /// No line is longer than this: one that is wraps when the window gets narrower, and only some terminals do that.
    /// </summary>
    private const int MostColumns = 79;

    private const string EraseBelow = "\e[J";

    private readonly Lock _drawing = new();
    private IReadOnlyList<string> _lines = [];
    private int _drawn;
    private bool _atLineStart = true;
    private bool _paused;

    /// <summary>Shows these lines instead of those before; no lines to show nothing.</summary>
    public void Show(IReadOnlyList<string> lines)
    {
        lock (_drawing)
        {
            _lines = lines;
            if (_atLineStart && !_paused)
            {
                screen.Write(Erasing() + Drawing());
            }
        }
    }

    /// <summary>Writes something above the lines.</summary>
    /// <param name="write">Writes to the terminal, on standard output or standard error.</param>
    /// <param name="text">What it writes; where it ends within a line, the region waits for that line's end.</param>
    public void Above(Action write, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }
        lock (_drawing)
        {
            if (_drawn > 0)
            {
                screen.Write(Erasing());
            }
            write();
            _atLineStart = text[^1] == '\n';
            if (_atLineStart && !_paused && _lines.Count > 0)
            {
                screen.Write(Drawing());
            }
        }
    }

    /// <summary>Clears the lines and draws none: the terminal belongs to others for a while.</summary>
    public void Pause()
    {
        lock (_drawing)
        {
            if (_drawn > 0)
            {
                screen.Write(Erasing());
            }
            _paused = true;
        }
    }

    /// <summary>Draws again, from where the cursor is.</summary>
    public void Resume()
    {
        lock (_drawing)
        {
            (_paused, _drawn, _atLineStart) = (false, 0, true);
        }
    }

    /// <summary>
    /// Goes up by as many rows as lines were drawn, and no further: where a terminal has folded them since, some of
    /// them stay, but no line of others is lost.
    /// </summary>
    private string Erasing()
    {
        var erasing = _drawn == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\e[{_drawn}A{EraseBelow}");
        _drawn = 0;
        return "\r" + erasing;
    }

    /// <summary>The lines, or as many of them as fill half of the screen, and how many are left out.</summary>
    private string Drawing()
    {
        var (columns, rows) = size();
        var most = Math.Max(2, rows / 2);
        var shown = _lines.Count <= most
            ? _lines
            : [.. _lines.Take(most - 1), $"  and {_lines.Count - most + 1} more"];
        var width = Math.Min(columns - 1, MostColumns);
        var drawing = new StringBuilder();
        foreach (var line in shown)
        {
            drawing.Append(TextFolding.Shortened(line, width)).Append('\n');
        }
        _drawn = shown.Count;
        return drawing.ToString();
    }
}
