using Harness.Cli;
using Harness.Kernels;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

public sealed class KernelTableTests
{
    [Test]
    public void Of_several_lines_each_kernel_says_whose_it_is() => Assert.That(
        Written(Named("a", "el9"), Named("b", null)), Is.EqualTo("""
            kernel  version  line      source   size  image
            ──────  ───────  ────────  ───────  ────  ─────
            a       6.1.1    el9       a place        here
            b       6.1.1    upstream  a place        here

            """));

    [TestCase("debian")]
    [TestCase(null)]
    public void Of_one_line_there_is_no_column_for_it(string? line) =>
        Assert.That(Written(Named("a", line), Named("b", line)), Does.Not.Contain("line"));

    private static string Written(params IReadOnlyList<Kernel> kernels)
    {
        var terminal = new TestTerminal(80);
        KernelTable.Write(terminal.Terminal, kernels, []);
        return terminal.Output;
    }

    private static Kernel Named(string id, string? line)
    {
        var image = new ImageAtHand(new BootImage("bzImage", new string('0', 64)));
        return new Kernel(id, KernelVersion.TryParse("6.1.1"), "x86_64", "a place", image) { Line = line };
    }
}
