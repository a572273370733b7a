using Harness.Cli;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>The one table of all verbs, on screens of any width and in a pipe.</summary>
public sealed class TableWriterTests
{
    private static readonly TerminalColumn[] _columns =
    [
        new("kernel"), new("why") { FoldsTo = 10 }, new("new\nsize") { Alignment = ColumnAlignment.Right },
    ];

    private static readonly TerminalTable _table = new(_columns,
    [
        ["debian-6.1", "because it is so", "1"], ["debian-6.12.43", "", "12345"],
    ]);

    [Test]
    public void A_table_that_fits_is_as_wide_as_it_must_be() => Expect(_table, 80, """
                                            new
        kernel          why                size
        ──────────────  ────────────────  ─────
        debian-6.1      because it is so      1
        debian-6.12.43                    12345
        """);

    [Test]
    public void A_long_text_is_folded_in_its_column() => Expect(_table, 33, """
                                      new
        kernel          why          size
        ──────────────  ──────────  ─────
        debian-6.1      because it      1
                        is so
        debian-6.12.43              12345
        """);

    [Test]
    public void Where_it_has_no_room_it_stands_below_its_row() => Expect(_table, 26, """
                          new
        kernel           size
        ──────────────  ─────
        debian-6.1          1
            because it is so
        debian-6.12.43  12345
        """);

    [Test]
    public void What_matters_least_is_left_out_and_named() => Expect(
        _table with { Columns = [_columns[0], _columns[1] with { FoldsTo = null, Least = 1 }, _columns[2]] }, 30, """
                          new
        kernel           size
        ──────────────  ─────
        debian-6.1          1
        debian-6.12.43  12345
        not shown in 30 columns: why
            (a wider terminal or a
            pipe gets all)
        """);

    [Test]
    public void A_table_of_many_columns_goes_on_below() => Expect(
        _table with { Columns = [_columns[0], _columns[1] with { FoldsTo = null }, _columns[2]] }, 33, """
        kernel          why
        ──────────────  ────────────────
        debian-6.1      because it is so
        debian-6.12.43

                          new
        kernel           size
        ──────────────  ─────
        debian-6.1          1
        debian-6.12.43  12345
        """);

    [Test]
    public void Where_nothing_fits_beside_the_first_column_a_row_is_a_block() => Expect(_table, 20, """
        debian-6.1
            why: because it
            is so
            new size: 1
        debian-6.12.43
            why:
            new size: 12345
        """);

    [Test]
    public void In_a_pipe_a_row_is_a_line() => Expect(_table, null, """
        kernel	why	new size
        debian-6.1	because it is so	1
        debian-6.12.43		12345
        """);

    [Test]
    public void No_line_is_wider_than_the_screen_and_no_text_is_lost()
    {
        for (var width = 20; width <= 60; width++)
        {
            var terminal = new TestTerminal(width);
            TableWriter.Write(terminal.Terminal, _table);
            var lines = terminal.Output.Split('\n');
            Assert.That(lines.Select(l => l.Length), Is.All.LessThanOrEqualTo(width), terminal.Output);
            Assert.That(string.Concat(lines),
                Does.Contain("debian-6.12.43").And.Contain("12345")
                    .And.Contain("because").And.Contain("is").And.Contain("so"));
        }
    }

    private static void Expect(TerminalTable table, int? width, string expected)
    {
        var terminal = new TestTerminal(width);
        TableWriter.Write(terminal.Terminal, table);
        Assert.That(terminal.Output, Is.EqualTo(expected + "\n"));
    }
}
