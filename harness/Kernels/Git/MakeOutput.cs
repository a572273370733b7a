using System.Text.RegularExpressions;

namespace Harness.Kernels.Git;

/// <summary>
/// Reads what make and the programs that it calls say, line by line: how many object files were made, and what went
/// wrong.
/// </summary>
internal sealed partial class MakeOutput
{
    private string? _outright;
    private string? _makes;
    private string? _failedRule;
    private string? _before;
    private string? _last;

    /// <summary>Object files that make has announced.</summary>
    public int Objects { get; private set; }

    /// <summary>
    /// The first line in which the machine, not the commit, is at fault; <c>null</c> when there is none.
    /// </summary>
    public string? OfMachine { get; private set; }

    /// <summary>
    /// The line that tells why a build failed; <c>null</c> when nothing was said. First comes what names an error. Of a
    /// program that words it otherwise, it is the last thing that was said before make gave up.
    /// </summary>
    public string? Telling => _outright ?? _makes ?? (_failedRule is null ? _last : _before ?? _failedRule);

    public void Take(string line)
    {
        var text = line.Trim();
        if (text.Length == 0)
        {
            return;
        }
        if (BuildFailure.IsMachines(line))
        {
            OfMachine ??= text;
        }
        if (Making().IsMatch(line))
        {
            Objects += MadeObject().IsMatch(line) ? 1 : 0;
        }
        else if (text.Contains("*** [", StringComparison.Ordinal))
        {
            _before ??= _failedRule is null ? _last : null;
            _failedRule ??= text;
        }
        else if (text.Contains(": *** ", StringComparison.Ordinal))
        {
            _makes ??= text;
        }
        else if (Error().IsMatch(text) || (OfKconfig().IsMatch(text) && !IsWarning(text)))
        {
            _outright ??= text;
        }
        else if (!ByMake().IsMatch(text))
        {
            _last = text;
        }
    }

    private static bool IsWarning(string text) => text.Contains("warning:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Kbuild's short form of a command (scripts/Kbuild.include, <c>quiet_cmd_</c>).</summary>
    [GeneratedRegex(@"^  [A-Z]+(_[A-Z]+)* (\[M\] )?", RegexOptions.CultureInvariant)]
    private static partial Regex Making();

    [GeneratedRegex(@"^  (CC|AS)\s+(\[M\]\s+)?\S+\.o\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex MadeObject();

    /// <summary>
    /// What compilers, as, modpost and objtool call an error, and what ld and resolve_btfids say instead.
    /// </summary>
    [GeneratedRegex(
        @"(^|[\s:])error: |: syntax error|undefined reference to|multiple definition of|cannot find -l"
            + @"|relocation truncated|^FAILED",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Error();

    /// <summary>Kconfig's messages begin with a place (scripts/kconfig/parser.y, <c>zconf_error</c>).</summary>
    [GeneratedRegex(@"^\S*Kconfig[^\s:]*:\d+:", RegexOptions.CultureInvariant)]
    private static partial Regex OfKconfig();

    [GeneratedRegex(@"^make(\[\d+\])?: ", RegexOptions.CultureInvariant)]
    private static partial Regex ByMake();
}
