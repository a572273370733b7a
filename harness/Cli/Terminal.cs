using Harness.Reports;
using Harness.Story;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>Where output goes: for people to standard output, errors and logs to standard error.</summary>
public sealed class Terminal
{
    private const string ColumnsVariable = "COLUMNS";

    private readonly TerminalTraits _traits;
    private readonly Func<int> _columns;
    private bool _errorFolds;
    private SinkWriter? _sink;
    private IAnsiConsole? _colours;

    internal Terminal(TerminalTraits traits, Func<int> columns, TextWriter output, TextWriter error) =>
        (_traits, _columns, Out, Err) = (traits, columns, output, error);

    public TextWriter Out { get; }

    public TextWriter Err { get; }

    /// <summary>The name that error messages begin with.</summary>
    public string Name { get; private init; } = "harness";

    /// <summary>Lines that are redrawn below all others; <c>null</c> where nobody watches.</summary>
    internal LiveRegion? Live { get; private init; }

    /// <summary>A person is watching, so that lines may be redrawn.</summary>
    public bool IsInteractive => Live is not null;

    /// <summary>The columns at which text is folded; <c>null</c> where output is no screen.</summary>
    internal int? Width => _traits.Folds ? _columns() : null;

    /// <summary>
    /// The process's own. Whatever writes to standard output or standard error, from now on no failure of these reaches
    /// it (<see cref="OutputFailure"/>).
    /// </summary>
    public static Terminal Standard()
    {
        var traits = TerminalTraits.Of(!System.Console.IsOutputRedirected, Environment.GetEnvironmentVariable);
        var output = Open(1);
        var error = Open(2);
        var live = traits.Redraws && TerminalJob.IsForeground() ? new LiveRegion(output, TerminalSize.Now) : null;
        System.Console.SetOut(live is null ? output : new ScreenWriter(output, live));
        System.Console.SetError(
            live is null || System.Console.IsErrorRedirected ? error : new ScreenWriter(error, live));
        return new Terminal(traits, Columns, System.Console.Out, System.Console.Error)
        {
            _errorFolds = traits.Folds && !System.Console.IsErrorRedirected,
            _sink = output,
            Live = live,
        };
    }

    /// <summary>Why standard output could not be written; <c>null</c> when all was.</summary>
    public string? OutputFailure => _sink?.Failure;

    /// <summary>A terminal that writes to a log or a pipe, whatever the environment says.</summary>
    public static Terminal To(TextWriter output, TextWriter error) =>
        new(TerminalTraits.Pipe, () => TerminalSize.Default.Columns, output, error);

    /// <summary>The same terminal, for error messages that begin with another name.</summary>
    public Terminal Named(string name) =>
        new(_traits, _columns, Out, Err) { Name = name, _errorFolds = _errorFolds, _sink = _sink, Live = Live };

    /// <summary>May quote compilers, commits and files: nothing in it steers the terminal.</summary>
    public void Error(string message)
    {
        foreach (var line in $"{Name}: {GuestText.Plain(message, lines: true)}".Split('\n'))
        {
            WriteError(line);
        }
    }

    /// <summary>One plain line of progress, on standard error: standard output may be a document.</summary>
    public void Progress(string text) => WriteError(GuestText.Plain(text));

    /// <summary>Lines of progress that another verb wrote, for a pipe.</summary>
    internal void Relay(string lines)
    {
        foreach (var line in lines.Split('\n').SkipLast(1))
        {
            WriteError(line);
        }
    }

    /// <summary>
    /// One plain line, whatever is in it: a guest's words cannot steer the terminal. On a screen it is folded between
    /// words, and what follows is set in.
    /// </summary>
    public void Line(string text = "")
    {
        var plain = GuestText.Plain(text);
        foreach (var line in Width is { } width ? TextFolding.Hanging(plain, width) : [plain])
        {
            Out.WriteLine(line);
        }
    }

    /// <summary>One line of texts beside each other, in colours where there are such.</summary>
    internal void Write(IEnumerable<TerminalCell> cells)
    {
        if (!_traits.Colours)
        {
            Out.WriteLine(string.Concat(cells.Select(Plain)));
            return;
        }
        var line = new Paragraph();
        foreach (var cell in cells)
        {
            line.Append(Plain(cell), cell.Mark is { } mark ? new Style(Colour(mark)) : Style.Plain);
        }
        _colours ??= Coloured(Out);
        _colours.Write(line);
        Out.WriteLine();

        // A tab stands between two cells.
        static string Plain(TerminalCell cell) => cell.Text == "\t" ? cell.Text : GuestText.Plain(cell.Text);
    }

    private void WriteError(string line)
    {
        foreach (var part in _errorFolds ? TextFolding.Hanging(line, _columns()) : [line])
        {
            Err.WriteLine(part);
        }
    }

    private static Color Colour(Mark mark) => mark switch
    {
        Mark.Fail or Mark.Mixed => Color.Red,
        Mark.Error => Color.Yellow,
        Mark.Pass => Color.Green,
        _ => Color.Grey,
    };

    /// <summary>Takes lines that fit already, asks the terminal for nothing, and changes no mode of it.</summary>
    private static IAnsiConsole Coloured(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        (console.Profile.Width, console.Profile.Height) = (int.MaxValue, int.MaxValue); // Else it asks .NET's Console.
        return console;
    }

    private static int Columns() =>
        TerminalSize.ColumnsOf(Environment.GetEnvironmentVariable(ColumnsVariable), TerminalSize.Now());

    private static SinkWriter Open(int descriptor) =>
        new(new StreamWriter(new DescriptorStream(descriptor), System.Console.OutputEncoding) { AutoFlush = true });
}
