using System.Text;
using Harness.Cli;

namespace Harness.Tests.Support;

/// <summary>A terminal that nobody watches, as a pipe or a log is: what was written can be read.</summary>
internal sealed class TestTerminal
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _err = new();

    public TestTerminal()
    {
        Terminal = Terminal.To(new StringWriter(_out) { NewLine = "\n" }, new StringWriter(_err) { NewLine = "\n" });
    }

    public Terminal Terminal { get; }

    /// <summary>Without the blanks with which tables fill their last column.</summary>
    public string Output => string.Join('\n', _out.ToString().Split('\n').Select(line => line.TrimEnd()));

    public string Error => _err.ToString();

    public Task<int> RunAsync(params string[] arguments) => Entry.RunAsync(arguments, Terminal);
}
