using Harness.Ktap;
using Harness.Runs;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Runs;

public sealed class ConsoleTailTests
{
    [Test]
    public void The_last_lines_that_say_something() => Assert.That(
        ConsoleTail.Of(string.Join("\r\n", Enumerable.Range(0, 100).Select(i => $"line {i}\n")), null),
        Is.EqualTo(string.Join('\n', Enumerable.Range(80, 20).Select(i => $"line {i}"))));

    [Test]
    public void Terminal_escapes_and_endless_lines_are_left_out() =>
        Assert.That(ConsoleTail.Of("\u001b[31ma\tb\u0007\n" + new string('x', 1000), null),
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
    public void Silence_is_nothing() => Assert.That(ConsoleTail.Of("\n\r\n \n", null), Is.Null);

    [Test]
    public void Of_a_large_file_the_end_is_read()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("console/a.log", new string('y', 1_000_000) + "\nlast\n");
        Assert.That(ConsoleTail.Of(directory.Path, "console/a.log", null), Does.EndWith("\nlast"));
    }

    [TestCase("Kernel panic - not syncing: no root", 40)]
    [TestCase("BUG: kernel NULL pointer dereference, address: 0000000000000008", 40)]
    [TestCase("Kernel panic - not syncing: no root", 20_000)]
    public void The_line_that_the_reason_quotes_is_there_however_long_a_trace_follows(string line, int trace)
    {
        using var directory = new TemporaryDirectory();
        var traced = string.Concat(Enumerable.Range(0, trace).Select(i => $"[    5.2] frame {i}\r\n"));
        var text = $"[    5.1] calm\r\n[    5.140900] {line}\r\n{traced}";
        var end = new VmEnd(VmEnding.Exited, "", text, "", 0, TimeSpan.FromSeconds(1));
        var (_, reason) = Classifier.Classify(end, ProbeReport.Read("", "feed"));
        directory.Write("a.log", text);
        var excerpt = ConsoleTail.Of(directory.Path, "a.log", reason)!;
        Assert.That(excerpt, Does.Contain(reason).And.EndWith($"frame {trace - 1}"));
        Assert.That(excerpt.Split('\n'), Has.Length.EqualTo(20));
    }

    [Test]
    public void A_console_that_cannot_be_read_harms_no_run()
    {
        Assert.That(ConsoleTail.Of("/nonexistent", "console/a.log", null), Is.Null);
        Assert.That(ConsoleTail.Of("/nonexistent", null, null), Is.Null);
    }
}
