using System.Globalization;
using Harness.Kernels;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>The resolved matrix as a table.</summary>
internal static class KernelTable
{
    public static void Write(Terminal terminal, IReadOnlyList<Kernel> kernels, IReadOnlyList<string> notes)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(new TableColumn("kernel").NoWrap(), new TableColumn("version").NoWrap(), new TableColumn("source").NoWrap(),
                new TableColumn("size").RightAligned().NoWrap(), new TableColumn("image").NoWrap());
        foreach (var kernel in kernels)
        {
            table.AddRow(new Text(kernel.Id), new Text(kernel.Version?.ToString() ?? "?"), new Text(kernel.Description),
                new Text(Size(kernel.DownloadSize)), new Text(kernel.Source.IsCached ? "here" : kernel.Source.Builds ? "to build" : kernel.Source.IsLocal ? "no kernel image" : "to download"));
        }
        terminal.Console.Write(table);
        foreach (var note in notes)
        {
            terminal.Line($"note: {note}");
        }
    }

    public static string Size(long? bytes) =>
        bytes switch
        {
            null => "",
            >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        };
}
