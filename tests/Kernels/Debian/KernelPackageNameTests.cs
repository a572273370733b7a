using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

public sealed class KernelPackageNameTests
{
    [TestCase("linux-image-5.10.0-43-cloud-amd64", "5.10.0-43", "cloud-amd64")]
    [TestCase("linux-image-6.1.0-0.deb11.52-amd64", "6.1.0-0.deb11.52", "amd64")]
    [TestCase("linux-image-6.12.90+deb12.1-rt-amd64", "6.12.90+deb12.1", "rt-amd64")]
    [TestCase("linux-image-6.17-rc5-amd64", "6.17-rc5", "amd64")]
    [TestCase("linux-image-6.1.0-50-686-pae", "6.1.0-50", "686-pae")]
    [TestCase("linux-image-6.16.3+deb14-686", "6.16.3+deb14", "686")]
    [TestCase("linux-image-6.1.0-50-armmp-lpae", "6.1.0-50", "armmp-lpae")]
    [TestCase("linux-binary-7.3-cloud-amd64", "7.3", "cloud-amd64")]
    [TestCase("linux-binary-7.2.13+deb14-arm64-16k", "7.2.13+deb14", "arm64-16k")]
    public void Splits_the_abi_from_the_flavour(string name, string abi, string flavour)
    {
        var parsed = KernelPackageName.TryParse(name);
        Assert.That((parsed?.Abi, parsed?.Flavour, parsed?.Signed), Is.EqualTo((abi, flavour, true)));
    }

    [TestCase("linux-image-6.1.0-50-cloud-amd64-unsigned")]
    [TestCase("linux-binary-unsigned-7.2.13+deb14-cloud-amd64")]
    public void Tells_the_unsigned_ones(string name)
    {
        var parsed = KernelPackageName.TryParse(name);
        Assert.That((parsed?.Flavour, parsed?.Signed), Is.EqualTo(("cloud-amd64", false)));
    }

    [TestCase("linux-image-cloud-amd64")]
    [TestCase("linux-image-amd64-signed-template")]
    [TestCase("linux-image-6.1.0-50-amd64-dbg")]
    [TestCase("linux-image-6.1.0-50-amd64-unsigned-dbg")]
    [TestCase("linux-headers-6.1.0-50-amd64")]
    [TestCase("linux-modules-7.2.13+deb14-amd64")]
    public void Leaves_other_packages_alone(string name) => Assert.That(KernelPackageName.TryParse(name), Is.Null);

    [TestCase("cloud-amd64", "amd64", "x86_64")]
    [TestCase("amd64", "amd64", "x86_64")]
    [TestCase("arm64-16k", "arm64", "aarch64")]
    [TestCase("rt-686-pae", "i386", "i686")]
    [TestCase("powerpc64le-64k", "ppc64el", "ppc64le")]
    public void A_flavour_has_an_architecture(string flavour, string debian, string machine) =>
        Assert.That(DebianArchitecture.OfFlavour(flavour), Is.EqualTo(new DebianArchitecture(debian, machine)));

    [Test]
    public void An_unknown_flavour_has_none() => Assert.That(DebianArchitecture.OfFlavour("cloud"), Is.Null);
}
