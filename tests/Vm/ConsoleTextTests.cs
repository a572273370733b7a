using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class ConsoleTextTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [TestCase("")]
    [TestCase("a\r\n\nhéllo\ncut")]
    public void What_a_kernel_wrote_is_read_as_it_is(string text) =>
        Assert.That(ConsoleText.Read(_directory.Write("console", text)), Is.EqualTo(text));

    [Test]
    public void A_console_that_is_not_there_is_silent() =>
        Assert.That(ConsoleText.Read(_directory["console"]), Is.Empty);

    [TestCase(2 * ConsoleText.LongestPart, null)]
    [TestCase(2 * ConsoleText.LongestPart + 5, "[5 bytes, 0 lines are left out here]")]
    [TestCase(9 * ConsoleText.LongestPart, "[7340032 bytes, 0 lines are left out here]")]
    public void Of_a_long_one_only_the_beginning_and_the_end_are_kept_in_memory(int length, string? leftOut)
    {
        var path = _directory.Write("console", "first" + new string('x', length - 9) + "last");
        var text = ConsoleText.Read(path);
        Assert.That(text, Does.StartWith("first").And.EndsWith("last"));
        Assert.That(text, leftOut is null ? Has.Length.EqualTo(length) : Does.Contain($"\n{leftOut}\n"));
        Assert.That(text, Has.Length.LessThan((2 * ConsoleText.LongestPart) + 100));
    }
}
