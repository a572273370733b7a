using Harness.Cli;

namespace Harness.Tests.Cli;

/// <summary>What is sent to a terminal whose last lines are redrawn.</summary>
public sealed class LiveRegionTests
{
    private StringWriter _screen = null!;
    private TerminalSize _size;
    private LiveRegion _region = null!;
    private ScreenWriter _stream = null!;

    [SetUp]
    public void Make_a_region()
    {
        (_screen, _size) = (new StringWriter { NewLine = "\n" }, new TerminalSize(80, 24));
        _region = new LiveRegion(_screen, () => _size);
        _stream = new ScreenWriter(_screen, _region);
    }

    [TearDown]
    public void Close_the_streams()
    {
        _stream.Dispose();
        _screen.Dispose();
    }

    /// <summary>Terminals take <c>ESC[0A</c> for one row.</summary>
    [Test]
    public void The_cursor_goes_up_by_as_many_rows_as_were_drawn_and_never_by_none()
    {
        _region.Show(["a", "b"]);
        _region.Show(["c"]);
        _region.Show([]);
        _region.Show(["d"]);
        Assert.That(_screen.ToString(), Is.EqualTo("\ra\nb\n\r\e[2A\e[Jc\n\r\e[1A\e[J\rd\n"));
    }

    [Test]
    public void Lines_of_both_streams_go_above()
    {
        using var error = new ScreenWriter(_screen, _region);
        _region.Show(["live"]);
        _stream.WriteLine("news");
        error.Write("error\n");
        Assert.That(_screen.ToString(),
            Is.EqualTo("\rlive\n\r\e[1A\e[Jnews\nlive\n\r\e[1A\e[Jerror\nlive\n"));
    }

    [Test]
    public void A_line_that_is_written_in_parts_is_waited_for()
    {
        _region.Show(["live"]);
        _stream.Write("half");
        _region.Show(["later"]);
        _stream.Write(" whole\n");
        Assert.That(_screen.ToString(), Is.EqualTo("\rlive\n\r\e[1A\e[Jhalf whole\nlater\n"));
    }

    [Test]
    public void While_the_terminal_belongs_to_others_nothing_is_drawn()
    {
        _region.Show(["live"]);
        _region.Pause();
        _region.Show(["later"]);
        _stream.WriteLine("news");
        _region.Resume();
        _region.Show(["again"]);
        Assert.That(_screen.ToString(), Is.EqualTo("\rlive\n\r\e[1A\e[Jnews\n\ragain\n"));
    }

    [TestCase(24, 12, "  and 9 more")]
    [TestCase(4, 2, "  and 19 more")]
    [TestCase(1, 2, "  and 19 more")]
    [TestCase(60, 20, "20")]
    public void No_more_than_half_of_the_screen_is_drawn(int rows, int drawn, string last)
    {
        _size = new TerminalSize(80, rows);
        _region.Show([.. Enumerable.Range(1, 20).Select(i => $"{i}")]);
        var lines = _screen.ToString().TrimEnd('\n').Split('\n');
        Assert.That((lines.Length, lines[^1]), Is.EqualTo((drawn, last)));
    }

    [TestCase(40, 39)]
    [TestCase(200, 79)]
    public void A_line_never_reaches_the_margin(int columns, int width)
    {
        _size = new TerminalSize(columns, 24);
        _region.Show([new string('x', 300)]);
        Assert.That(_screen.ToString().Trim('\r', '\n'), Is.EqualTo(new string('x', width - 1) + "…"));
    }
}
