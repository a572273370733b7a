using Harness.Kernels;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>The resolved matrix as a table.</summary>
internal static class KernelTable
{
    public static void Write(Terminal terminal, IReadOnlyList<Kernel> kernels, IReadOnlyList<string> notes)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(
                new TableColumn("kernel").NoWrap(), new TableColumn("version").NoWrap(),
                new TableColumn("source").NoWrap(), new TableColumn("size").RightAligned().NoWrap(),
                new TableColumn("image").NoWrap());
        foreach (var kernel in kernels)
        {
            table.AddRow(
                new Text(kernel.Id), new Text(kernel.Version?.ToString() ?? "?"), new Text(kernel.Description),
                new Text(ByteSize.Text(kernel.DownloadSize)), new Text(Image(kernel)));
        }
        terminal.Console.Write(table);
        foreach (var note in notes)
        {
            terminal.Line($"note: {note}");
        }
    }

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
