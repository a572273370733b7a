using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class ConsoleTailTests
{
    [Test]
    public void The_last_lines_that_say_something() => Assert.That(
        ConsoleTail.Of(string.Join("\r\n", Enumerable.Range(0, 100).Select(i => $"line {i}\n"))),
        Is.EqualTo(string.Join('\n', Enumerable.Range(80, 20).Select(i => $"line {i}"))));

    [Test]
    public void Terminal_escapes_and_endless_lines_are_left_out() =>
        Assert.That(ConsoleTail.Of("\u001b[31ma\tb\u0007\n" + new string('x', 1000)),
            Is.EqualTo("a b\n" + new string('x', 200) + "…"));

    [Test]
    public async Task Of_a_kernel_that_was_not_tested_it_is_in_the_results()
    {
        using var lab = new RunLab();
        var document =
            await lab.RunAsync(
                lab.Plan(lab.Kernel("6.1.5", "say 'Kernel panic - not syncing: no root'"), lab.Kernel("6.2", "whole")));
        Assert.That(document.Kernels[0].ConsoleExcerpt, Does.Contain("not syncing: no root"));
        Assert.That(document.Kernels[1].ConsoleExcerpt, Is.Null);
    }

    [Test]
    public void Silence_is_nothing() => Assert.That(ConsoleTail.Of("\n\r\n \n"), Is.Null);

    [Test]
    public void Of_a_large_file_the_end_is_read()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("console/a.log", new string('y', 1_000_000) + "\nlast\n");
        Assert.That(ConsoleTail.Of(directory.Path, "console/a.log"), Does.EndWith("\nlast"));
    }

    [Test]
    public void A_console_that_cannot_be_read_harms_no_run()
    {
        Assert.That(ConsoleTail.Of("/nonexistent", "console/a.log"), Is.Null);
        Assert.That(ConsoleTail.Of("/nonexistent", null), Is.Null);
    }
}
