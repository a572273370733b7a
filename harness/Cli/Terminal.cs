using Harness.Reports;
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

    /// <summary>May quote compilers, commits and files: nothing in it steers the terminal.</summary>
    public void Error(string message) => Err.WriteLine($"harness: {GuestText.Plain(message, lines: true)}");

    /// <summary>One plain line on standard error: how things go, where standard output is a document for machines.</summary>
    public void Progress(string text) => Err.WriteLine(GuestText.Plain(text));

    /// <summary>One plain line, whatever is in it: a guest's words cannot steer the terminal.</summary>
    public void Line(string text = "") => Console.WriteLine(GuestText.Plain(text));

    private static IAnsiConsole Create()
    {
        if (!System.Console.IsOutputRedirected)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings());
        }
        // A log or a pipe: no escape sequences, whatever TERM and CI say, and no tables folded at 80 columns.
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 240;
        return console;
    }
}
