using System.Text;
using Harness.Cli;

namespace Harness.Tests.Support;

/// <summary>A terminal that nobody watches, a pipe unless it has a width: what was written can be read.</summary>
internal sealed class TestTerminal
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _err = new();

    /// <param name="width">The columns of a screen without colours; <c>null</c> for a pipe.</param>
    public TestTerminal(int? width = null) => Terminal = new Terminal(
        TerminalTraits.Pipe with { Folds = width is not null }, () => width ?? 0,
        new StringWriter(_out) { NewLine = "\n" }, new StringWriter(_err) { NewLine = "\n" });

    public Terminal Terminal { get; }

    /// <summary>Without the blanks with which tables fill their last column.</summary>
    public string Output => string.Join('\n', _out.ToString().Split('\n').Select(line => line.TrimEnd()));

    public string Error => _err.ToString();

    public Task<int> RunAsync(params string[] arguments) => Entry.RunAsync(arguments, Terminal);
}
