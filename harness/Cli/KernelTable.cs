using Harness.Kernels;

namespace Harness.Cli;

/// <summary>The resolved matrix as a table.</summary>
internal static class KernelTable
{
    /// <summary>A source takes two or three lines of so many columns; in fewer it is not told.</summary>
    private const int NarrowestSource = 30;

    public static void Write(Terminal terminal, IReadOnlyList<Kernel> kernels, IReadOnlyList<string> notes)
    {
        // Of kernels of one line, a column would tell nothing.
        var tellsLine = kernels.DistinctBy(kernel => kernel.Line).Count() > 1;
        TerminalColumn[] columns =
        [
            new("kernel"), new("version"), .. tellsLine ? [new TerminalColumn("line")] : Array.Empty<TerminalColumn>(),
            new("source") { FoldsTo = NarrowestSource, Least = 1 },
            new("size") { Alignment = ColumnAlignment.Right }, new("image"),
        ];
        TableWriter.Write(terminal, new TerminalTable(columns, [.. kernels.Select(kernel => Row(kernel, tellsLine))]));
        foreach (var note in notes)
        {
            terminal.Line($"note: {note}");
        }
    }

    private static IReadOnlyList<TerminalCell> Row(Kernel kernel, bool tellsLine) =>
    [
        kernel.Id, kernel.Version?.ToString() ?? "?",
        .. tellsLine ? [KernelLines.NameOf(kernel.Line)] : Array.Empty<TerminalCell>(),
        kernel.Description, ByteSize.Text(kernel.DownloadSize), Image(kernel),
    ];

    /// <summary>Says on standard error what could not be looked for: the matrix may be larger.</summary>
    /// <returns>Whether there is such a thing.</returns>
    public static bool WriteFailures(Terminal terminal, IEnumerable<Kernel> kernels)
    {
        var failures = kernels.Where(kernel => kernel.Source.Failure is not null).ToList();
        foreach (var kernel in failures)
        {
            terminal.Error($"{kernel.Id}: {kernel.Source.Failure}");
        }
        return failures.Count > 0;
    }

    private static string Image(Kernel kernel) => kernel.Source switch
    {
        { Failure: not null } => "cannot be read",
        { IsCached: true } => "here",
        { Builds: true } => "to build",
        { IsLocal: true } => "no kernel image",
        _ => "to download",
    };
}
