using Harness.Kernels.Apt;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

public sealed class DebianKernelIdTests
{
    [TestCase("6.1.192-2", "cloud-amd64")]
    [TestCase("6.12.43-1~bpo12+1", "amd64")]
    [TestCase("7.3~rc7-1~exp1", "rt-amd64")]
    public void What_an_id_was_made_of_is_read_back(string version, string flavour) =>
        Assert.That(DebianKernel.ParseId(DebianKernel.IdOf(version, flavour)),
            Is.EqualTo((DebianVersion.Parse(version), flavour)));

    [TestCase("mine")]
    [TestCase("debian-")]
    [TestCase("debian-6.1.192")]
    [TestCase("debian-6.1.192-2")]
    [TestCase("debian-my-own-kernel")]
    [TestCase("ubuntu-6.1.192-2-generic")]
    public void Other_names_are_no_kernels_of_Debian(string id) => Assert.That(DebianKernel.ParseId(id), Is.Null);
}
