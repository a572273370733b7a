using Harness.Reports;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>Where output goes: for people to standard output, errors and logs to standard error.</summary>
public sealed class Terminal
{
    private readonly Func<IAnsiConsole> _make;
    private SinkWriter? _sink;

    public Terminal(IAnsiConsole console, TextWriter output, TextWriter error)
        : this(() => console, output, error)
    {
    }

    private Terminal(Func<IAnsiConsole> make, TextWriter output, TextWriter error) =>
        (_make, Out, Err) = (make, output, error);

    /// <summary>Made when it is first used: help texts and errors need none.</summary>
    public IAnsiConsole Console => field ??= _make();

    public TextWriter Out { get; }

    public TextWriter Err { get; }

    /// <summary>The name that error messages begin with.</summary>
    public string Name { get; private init; } = "harness";

    /// <summary>A person is watching, so that lines may be redrawn.</summary>
    public bool IsInteractive => Console.Profile.Capabilities.Interactive && Console.Profile.Out.IsTerminal;

    /// <summary>
    /// The process's own. Whatever writes to standard output or standard error, from now on no failure of these reaches
    /// it (<see cref="OutputFailure"/>).
    /// </summary>
    public static Terminal Standard()
    {
        var sink = new SinkWriter(System.Console.Out);
        System.Console.SetOut(sink);
        System.Console.SetError(new SinkWriter(System.Console.Error));
        return System.Console.IsOutputRedirected
            ? new(() => Plain(System.Console.Out), System.Console.Out, System.Console.Error) { _sink = sink }
            : new(() => AnsiConsole.Create(new AnsiConsoleSettings()), System.Console.Out, System.Console.Error)
            {
                _sink = sink,
            };
    }

    /// <summary>Why standard output could not be written; <c>null</c> when all was.</summary>
    public string? OutputFailure => _sink?.Failure;

    /// <summary>
    /// A terminal that writes to a log or a pipe: without escape sequences, whatever TERM and CI say, and without
    /// folding tables at 80 columns.
    /// </summary>
    public static Terminal To(TextWriter output, TextWriter error) => new(() => Plain(output), output, error);

    /// <summary>The same terminal, for error messages that begin with another name.</summary>
    public Terminal Named(string name) => new(() => Console, Out, Err) { Name = name, _sink = _sink };

    /// <summary>May quote compilers, commits and files: nothing in it steers the terminal.</summary>
    public void Error(string message) => Err.WriteLine($"{Name}: {GuestText.Plain(message, lines: true)}");

    /// <summary>One plain line of progress, on standard error: standard output may be a document.</summary>
    public void Progress(string text) => Err.WriteLine(GuestText.Plain(text));

    /// <summary>One plain line, whatever is in it: a guest's words cannot steer the terminal.</summary>
    public void Line(string text = "") => Console.WriteLine(GuestText.Plain(text));

    private static IAnsiConsole Plain(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 240;
        return console;
    }
}
