namespace Harness.Cli;

/// <summary>What standard output takes: decided by what it is, and by the environment.</summary>
/// <param name="Folds">It is a screen of some width. Else it is a pipe, a file or a log, and a row is a line.</param>
/// <param name="Redraws">Lines may be redrawn, since a person is watching.</param>
/// <param name="Colours">It takes colours.</param>
internal sealed record TerminalTraits(bool Folds, bool Redraws, bool Colours)
{
    public static TerminalTraits Pipe { get; } = new(false, false, false);

    /// <summary>
    /// A terminal that calls itself dumb is treated as a pipe. <c>CI</c> says that nobody is watching. Colours follow
    /// <c>NO_COLOR</c> (no-color.org), then <c>FORCE_COLOR</c> and <c>CLICOLOR_FORCE</c>, then <c>CLICOLOR</c>
    /// (bixense.com/clicolors).
    /// </summary>
    /// <param name="isTerminal">Standard output is a terminal.</param>
    /// <param name="variable">Reads the environment.</param>
    public static TerminalTraits Of(bool isTerminal, Func<string, string?> variable)
    {
        var screen = isTerminal && variable("TERM") is not (null or "" or "dumb");
        var colours = variable("NO_COLOR") is null or ""
            && (IsOn("FORCE_COLOR") || IsOn("CLICOLOR_FORCE") || (screen && variable("CLICOLOR") != "0"));
        return new TerminalTraits(screen, screen && !IsOn("CI"), colours);

        bool IsOn(string name) => variable(name) is { Length: > 0 } value
            && value != "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);
    }
}
