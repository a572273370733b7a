namespace Harness.Tests;

public sealed class VersionConditionTests
{
    [TestCase(">=6.1 <6.2", "6.1", true)]
    [TestCase(">=6.1 <6.2", "6.1.192", true)]
    [TestCase(">=6.1 <6.2", "6.1-rc1", true)]
    [TestCase(">=6.1 <6.2", "6.2", false)]
    [TestCase(">=6.1 <6.2", "6.2-rc1", false)]
    [TestCase(">=6.1 <6.2", "6.0.19", false)]
    [TestCase(">=6.1<6.2", "6.1.5", true)]
    [TestCase(">= 6.1", "6.12", true)]
    [TestCase("<=6.1", "6.1.192", true)]
    [TestCase("<=6.1", "6.2", false)]
    [TestCase(">6.1", "6.1.192", false)]
    [TestCase(">6.1", "6.2-rc1", true)]
    [TestCase("6.1", "6.1.192", true)]
    [TestCase("6.1", "6.12", false)]
    [TestCase("=6.1", "6.1.7", true)]
    [TestCase("6.1.0", "6.1", true)]
    [TestCase("6.1.0", "6.1.1", false)]
    [TestCase(">=6.1.100", "6.1.99", false)]
    [TestCase(">=6.1.100", "6.1.100", true)]
    [TestCase("<7.3-rc4", "7.3-rc3", true)]
    [TestCase("<7.3-rc4", "7.3", false)]
    [TestCase(">=7.3-rc4", "7.3", true)]
    [TestCase("5.10, >=6.12", "5.10.262", true)]
    [TestCase("5.10, >=6.12", "6.1", false)]
    [TestCase("5.10, >=6.12", "7.0", true)]
    [TestCase("5.10,6.1", "6.1.3", true)]
    [TestCase("6", "6.12.3", true)]
    [TestCase("6", "5.19", false)]
    [TestCase(">6", "6.12", false)]
    [TestCase(">6", "7.0-rc1", true)]
    [TestCase("<=6", "6.19.5", true)]
    [TestCase(">=6 <7", "6.0", true)]
    public void Conditions_hold_as_written(string condition, string version, bool holds) =>
        Assert.That(new VersionCondition(condition).Allows(KernelVersion.Parse(version)), Is.EqualTo(holds));

    [Test]
    public void A_kernel_of_unknown_version_meets_no_condition() =>
        Assert.That(new VersionCondition(">=0.1").Allows(null), Is.False);

    [TestCase("")]
    [TestCase("new")]
    [TestCase("6.")]
    [TestCase(">9999999999.1")]
    [TestCase("6.1.x")]
    [TestCase(">=6.1 or 6.2")]
    [TestCase("=>6.1")]
    [TestCase("6.1,")]
    [TestCase("v6.1")]
    [TestCase("!=6.1")]
    [TestCase("6.1-6.4")]
    [TestCase("6.1 - 6.4")]
    [TestCase("> >6.1")]
    [TestCase(">6.1 <")]
    public void What_is_no_condition_is_refused(string text) =>
        Assert.That(() => new VersionCondition(text),
            Throws.TypeOf<FormatException>().With.Message.Contains("is no condition on versions"));

    [Test]
    public void A_condition_prints_as_it_was_written() =>
        Assert.That(new VersionCondition(">=6.1 <6.2").ToString(), Is.EqualTo(">=6.1 <6.2"));
}
