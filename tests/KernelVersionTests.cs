namespace Harness.Tests;

public sealed class KernelVersionTests
{
    [TestCase("6.1.192-2", "6.1.192")]
    [TestCase("7.3~rc4-1~exp1", "7.3-rc4")]
    [TestCase("7.3-rc4", "7.3-rc4")]
    [TestCase("6.1.0-40-cloud-amd64", "6.1")]
    [TestCase("v5.15", "5.15")]
    [TestCase("6.12.43-1~bpo12+1", "6.12.43")]
    public void Reads_the_upstream_version_at_the_start(string text, string expected) =>
        Assert.That(KernelVersion.Parse(text).ToString(), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("bookworm")]
    [TestCase("6")]
    [TestCase("6.x")]
    [TestCase("99999999999.1")]
    public void Refuses_what_is_no_version(string text) =>
        Assert.Throws<FormatException>(() => KernelVersion.Parse(text));

    [Test]
    public void Orders_as_kernels_do()
    {
        string[] inOrder =
            ["5.10", "5.10.218", "6.1-rc1", "6.1", "6.1.9", "6.1.10", "6.12-rc7", "6.12", "6.12.43", "7.0"];
        var shuffled = inOrder.Reverse().Select(KernelVersion.Parse).Order().Select(v => v.ToString());
        Assert.That(shuffled, Is.EqualTo(inOrder));
    }
}
