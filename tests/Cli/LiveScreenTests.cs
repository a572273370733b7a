using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>
/// A run as a user watches it, in a real terminal: what stands above is never lost, and nothing of the terminal's
/// modes is left changed, however the run ends. The guests are stand-ins that wait until a test has looked.
/// </summary>
public sealed class LiveScreenTests
{
    private const string Run = "harness run --kernels three.yaml --accel tcg --jobs 3 --out run"
        + " --case 'raw.array_of_maps.array.{none,bytes,struct}.{none,bytes,struct}'";

    private const string Many = "harness run --kernels many.yaml --accel tcg --jobs 16 --out run"
        + " --case 'raw.array_of_maps.array.{none,bytes,struct}.{none,bytes,struct}'";

    private ScreenLab _lab = null!;

    [OneTimeSetUp]
    public void Make_sure_of_tmux() => TmuxTerminal.Require();

    [SetUp]
    public void Make_a_lab() => _lab = new ScreenLab();

    [TearDown]
    public void Remove_it() => _lab?.Dispose();

    [TestCase(80, 24)]
    [TestCase(200, 50)]
    public async Task A_run_is_drawn_below_what_stands_above_and_cleared_at_its_end(int columns, int rows)
    {
        await using var terminal = await _lab.OpenAsync(columns, rows);
        await terminal.RunAsync("echo a line of the shell");
        await terminal.TypeAsync(Run);
        var during = await terminal.UntilAsync(text => Count(text, "0/9") == 3, "all kernels are asked");
        Golden.Matches($"screens/run-live-{columns}.txt", _lab.Masked(during));
        _lab.LetAnswer(true);
        Golden.Matches($"screens/run-{columns}.txt", _lab.Masked(await terminal.EndAsync()));
        Assert.That(await terminal.ModesAsync(), Is.EqualTo(TmuxTerminal.Untouched));
    }

    /// <summary>More rows than fit half of the screen, a window that is resized, and Ctrl-C.</summary>
    [Test]
    public async Task A_window_that_is_resized_loses_no_line_and_Ctrl_C_leaves_nothing_behind()
    {
        _lab.MakeMatrix("many", Enumerable.Range(10, 16).Select(i => $"6.1.{i}"));
        await using var terminal = await _lab.OpenAsync(80, 24);
        for (var line = 1; line <= 3; line++)
        {
            await terminal.RunAsync($"echo line {line} of the shell");
        }
        await terminal.TypeAsync(Many);
        await terminal.UntilAsync(
            text => Count(text, "0/9") == 10 && text.EndsWith("\n  and 6 more", StringComparison.Ordinal),
            "all are asked, and the screen is half full");
        foreach (var (columns, rows) in new[] { (70, 16), (120, 30), (80, 24) })
        {
            await terminal.ResizeAsync(columns, rows);
            var text = await terminal.UntilAsync(
                text => Count(text, "0/9") == (rows / 2) - 2 && Count(text, " of 16 kernels") == 1,
                "the screen is drawn anew");
            Assert.That(Count(text, "\nline "), Is.EqualTo(3), text);
        }
        await terminal.PressAsync("C-c");
        var end = await terminal.EndAsync();
        Assert.That((Count(end, "0/9"), Count(end, "\nline "), end.Contains("Interrupted.", StringComparison.Ordinal)),
            Is.EqualTo((0, 3, true)), end);
        Assert.That(await terminal.ModesAsync(), Is.EqualTo(TmuxTerminal.Untouched));
    }

    [TestCase("TERM")]
    [TestCase("KILL")]
    public async Task A_run_that_is_ended_leaves_the_terminal_as_it_was(string signal)
    {
        await using var terminal = await _lab.OpenAsync(80, 24);
        await terminal.RunAsync("echo line 1 of the shell");
        await terminal.TypeAsync(Run);
        await terminal.UntilAsync(text => Count(text, "0/9") == 3, "all kernels are asked");
        await terminal.ResizeAsync(40, 24); // Lines wrap.
        await Task.Delay(500); // They are drawn again meanwhile, whatever the screen shows of that.
        await _lab.SignalAsync(signal);
        var end = await terminal.EndAsync();
        Assert.That(Count(end, "\nline 1 of the shell\n"), Is.EqualTo(1), end);
        Assert.That(await terminal.ModesAsync(), Is.EqualTo(TmuxTerminal.Untouched));
    }

    [Test]
    public async Task A_run_that_is_suspended_gives_the_terminal_back_and_takes_it_again()
    {
        await using var terminal = await _lab.OpenAsync(80, 24);
        await terminal.TypeAsync(Run);
        await terminal.UntilAsync(text => Count(text, "0/9") == 3, "all kernels are asked");
        await terminal.PressAsync("C-z");
        var stopped = await terminal.UntilAsync(text => text.EndsWith("\n$", StringComparison.Ordinal), "it stops");
        Assert.That((Count(stopped, "0/9"), Count(stopped, "Stopped")), Is.EqualTo((0, 1)), stopped);
        await terminal.RunAsync("echo line 1 of the shell");
        await terminal.TypeAsync("fg");
        await terminal.UntilAsync(text => Count(text, "0/9") == 3, "it draws again");
        _lab.LetAnswer(true);
        var end = await terminal.EndAsync();
        Assert.That((Count(end, "0/9"), Count(end, "\nline 1 of the shell\n$ fg\n"), Count(end, "[3/3]")),
            Is.EqualTo((0, 1, 1)), end);
    }

    [Test]
    public async Task A_run_in_the_background_draws_nothing_over_what_is_typed()
    {
        await using var terminal = await _lab.OpenAsync(80, 24);
        await terminal.TypeAsync($"{Run} &");
        await terminal.UntilAsync(text => Count(text, "accelerator: tcg") == 1, "it runs");
        await terminal.RunAsync("echo line 1 of the shell");
        _lab.LetAnswer(true);
        var end = await terminal.UntilAsync(text => Count(text, "badge.svg") == 1, "it ends");
        Assert.That((Count(end, " of 3 kernels"), Count(end, "line 1 of the shell\n"), Count(end, "[3/3]")),
            Is.EqualTo((0, 2, 1)), end);
    }

    [TestCase("TERM=dumb")]
    [TestCase("CI=true")]
    public async Task Where_nobody_watches_events_are_lines(string variable)
    {
        _lab.LetAnswer(true);
        await using var terminal = await _lab.OpenAsync(80, 24, variable);
        var end = await terminal.RunAsync(Run);
        Assert.That(end, Does.Contain("3 kernels, 9 cases, 3 at a time").And.Contain("[3/3] kernel-")
            .And.Not.Contain("━"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
