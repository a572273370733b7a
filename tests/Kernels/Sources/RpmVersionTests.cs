using Harness.Kernels.Rpm;

namespace Harness.Tests.Kernels.Sources;

/// <summary>The examples of rpm-version(7), and what kernels are named.</summary>
public sealed class RpmVersionTests
{
    [TestCase("1.0", "1.0", 0)]
    [TestCase("1.0", "1.00", 0)]
    [TestCase("5.14.0", "5.14.0", 0)]
    [TestCase("70.13.1.el9_0", "427.el9", -1)]
    [TestCase("427.13.1.el9_4", "427.el9", 1)]
    [TestCase("1.0~rc1", "1.0", -1)]
    [TestCase("1.0~rc1", "1.0~rc2", -1)]
    [TestCase("1.0^git1", "1.0", 1)]
    [TestCase("1.0^git1", "1.0.1", -1)]
    [TestCase("1.0a", "1.0", 1)]
    [TestCase("1.a", "1.1", -1)]
    [TestCase("2_0", "2.0", 0)]
    public void Versions_order_as_rpm_does(string a, string b, int order)
    {
        Assert.That(Math.Sign(RpmVersion.Compare(a, b)), Is.EqualTo(order));
        Assert.That(Math.Sign(RpmVersion.Compare(b, a)), Is.EqualTo(-order));
    }
}
