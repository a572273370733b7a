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

    private static string Image(Kernel kernel) => kernel.Source switch
    {
        { IsCached: true } => "here",
        { Builds: true } => "to build",
        { IsLocal: true } => "no kernel image",
        _ => "to download",
    };
}
