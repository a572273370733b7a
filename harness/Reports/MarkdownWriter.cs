using System.Globalization;
using System.Text;
using Harness.Analysis;
using Harness.Story;

namespace Harness.Reports;

/// <summary>Writes sections as Markdown, as GitHub shows it.</summary>
internal sealed class MarkdownWriter
{
    /// <summary>
    /// With more kernels, neighbours that agree share a row: GitHub shows no file of more than a few hundred kilobytes.
    /// </summary>
    private const int FoldAbove = 30;

    private const string Fence = "```";

    private readonly StringBuilder _text = new();

    /// <summary>What was written, without a blank line at its end.</summary>
    public override string ToString() => _text.ToString().TrimEnd('\n') + "\n";

    public void Head(string title, RunHead head)
    {
        _text.Line($"# {Markdown.Escape(title)}").Line();
        var known = head.Known is null ? "" : $" ({head.Known})";
        var sentence = $"Run {Markdown.Code(head.RunId)}: {head.Tested} of {Words.Count(head.Kernels, "kernel")}"
            + $" tested{known}, {Words.Count(head.Verdicts, "verdict")}, on {Markdown.Escape(head.Accel)}.";
        _text.Line(sentence + (head.Partial is null ? "" : $" **{head.Partial}**")).Line();
    }

    public void Write(Section section)
    {
        if (section.Title is { } title)
        {
            _text.Line($"## {Markdown.Inline(title)}").Line();
        }
        Write(section.Blocks, "");
    }

    private void Write(IEnumerable<Block> blocks, string indent)
    {
        foreach (var block in blocks)
        {
            Write(block, indent);
        }
    }

    private void Write(Block block, string indent)
    {
        switch (block)
        {
            case Block.Paragraph paragraph:
                _text.Line(indent + Markdown.Inline(paragraph.Text)).Line();
                break;
            case Block.Heading heading:
                _text.Line($"### {Markdown.Inline(heading.Text)}").Line();
                break;
            case Block.Points { Spaced: true } points:
                Spaced(points, indent);
                break;
            case Block.Points points:
                Close(points, indent);
                _text.Line();
                break;
            case Block.Folded folded:
                _text.Line($"<details><summary>{Markdown.Escape(folded.Summary)}</summary>").Line();
                Write(folded.Blocks, indent);
                _text.Line("</details>").Line();
                break;
            case Block.Quote quote:
                Quote(quote, indent);
                break;
            case Block.AnswerList answers:
                Lines(answers.Answers.Select(a => Markdown.Escape(a.InWords)));
                break;
            case Block.Advice advice:
                _text.Line($"{Markdown.Escape(advice.Title)} ({Markdown.Inline(advice.Note)}):").Line();
                Table(advice.Heads, _ => "---", advice.Rows.Select(row => row.Select(Markdown.Inline)));
                break;
            case Block.Verdicts verdicts:
                Verdicts(verdicts.Table);
                break;
            case Block.Untested untested:
                Table(["kernel", "status", "why", "console"], _ => "---", untested.Kernels.Select(Cells));
                break;
            case Block.KernelTable kernels:
                string[] heads = ["kernel", "release", "source", "image sha256", "s"];
                Table(heads, i => heads[i] == "s" ? "--:" : "---", kernels.Kernels.Select(Cells));
                break;
            case Block.Conditions conditions:
                Conditions(conditions.Run);
                break;
        }
    }

    /// <summary>Items that have more than a line to say stand apart from each other.</summary>
    private void Spaced(Block.Points points, string indent)
    {
        foreach (var item in points.Items)
        {
            _text.Line($"{indent}- {Markdown.Inline(item.Text)}").Line();
            Write(item.Blocks, indent + "  ");
        }
    }

    private void Close(Block.Points points, string indent)
    {
        foreach (var item in points.Items)
        {
            _text.Line($"{indent}- {Markdown.Inline(item.Text)}");
            foreach (var inner in item.Blocks.OfType<Block.Points>())
            {
                Close(inner, indent + "  ");
            }
        }
    }

    /// <summary>A code block that nothing in it can end, since it has no backtick.</summary>
    private void Quote(Block.Quote quote, string indent)
    {
        _text.Line($"{indent}<details><summary>{Markdown.Escape(quote.Summary)}</summary>").Line()
            .Line($"{indent}{Fence}text");
        foreach (var line in GuestText.Plain(quote.Text, lines: true).Replace('`', '\'').TrimEnd('\n').Split('\n'))
        {
            _text.Line((indent + line).TrimEnd());
        }
        _text.Line(indent + Fence).Line().Line($"{indent}</details>").Line();
    }

    private void Verdicts(VerdictTable table)
    {
        if (table.Caption is { } caption)
        {
            _text.Line(Markdown.Inline(caption)).Line();
        }
        var rows = (table.Rows.Count > FoldAbove ? table.Fold() : table).Rows;
        Table([table.RowHead, .. table.Columns.Select(c => Markdown.Escape(c.Title))], i => i == 0 ? "---" : ":-:",
            rows.Select(row => row.Cells.Select(table.Write).Prepend(Markdown.Escape(row.Name))));
    }

    /// <param name="align">How the column of this number is aligned, in Markdown.</param>
    private void Table(IReadOnlyList<string> heads, Func<int, string> align, IEnumerable<IEnumerable<string>> rows)
    {
        _text.Line($"| {string.Join(" | ", heads)} |")
            .Line($"|{string.Concat(heads.Select((_, i) => align(i) + "|"))}");
        foreach (var row in rows)
        {
            _text.Line($"| {string.Join(" | ", row)} |");
        }
        _text.Line();
    }

    private void Conditions(RunConditions run)
    {
        var started = run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var selection = run.Selection.Count == 0 ? ""
            : $", selected by {string.Join(", ", run.Selection.Select(Markdown.Code))}";
        string[] lines =
        [
            $"Started {started} UTC, {run.Took}", Markdown.Inline(run.Accelerator),
            $"{Markdown.Inline(run.Program)}{selection}.",
            Markdown.Inline(run.Host), Markdown.Inline(run.Parameters), .. run.Notes.Select(Markdown.Inline),
        ];
        Lines(lines);
    }

    private void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _text.Line($"- {line}");
        }
        _text.Line();
    }

    private static IEnumerable<string> Cells(UntestedKernel kernel) =>
    [
        Markdown.Code(kernel.Id), kernel.Status, Markdown.Escape(kernel.Reason ?? ""),
        kernel.Console is null ? "" : $"[log]({Markdown.Path(kernel.Console)})",
    ];

    private static IEnumerable<string> Cells(TestedKernel kernel) =>
    [
        Markdown.Code(kernel.Id), Markdown.Escape(kernel.Release ?? ""), Markdown.Escape(kernel.Source),
        kernel.Image is null ? "" : Markdown.Code(kernel.Image),
        kernel.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
    ];
}
