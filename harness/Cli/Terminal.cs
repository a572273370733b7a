using Spectre.Console;

namespace Harness.Cli;

/// <summary>Where output goes: for people to standard output, errors and logs to standard error.</summary>
public sealed class Terminal(IAnsiConsole console, TextWriter @out, TextWriter err)
{
    public IAnsiConsole Console { get; } = console;

    public TextWriter Out { get; } = @out;

    public TextWriter Err { get; } = err;

    /// <summary>A person is watching, so that lines may be redrawn.</summary>
    public bool IsInteractive => Console.Profile.Capabilities.Interactive && Console.Profile.Out.IsTerminal;

    public static Terminal Standard() => new(Create(), System.Console.Out, System.Console.Error);

    public void Error(string message) => Err.WriteLine($"harness: {message}");

    /// <summary>One plain line, whatever is in it.</summary>
    public void Line(string text = "") => Console.WriteLine(text);

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (!console.Profile.Out.IsTerminal)
        {
            // Wide tables in a log or a pipe must not be folded at a terminal's 80 columns.
            console.Profile.Width = 240;
        }
        return console;
    }
}
