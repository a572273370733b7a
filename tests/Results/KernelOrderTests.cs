using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Results;

public sealed class KernelOrderTests
{
    [Test]
    public void Kernels_stand_by_version_then_by_id_those_without_a_version_last()
    {
        var rows =
            new[] { ("b", null), ("mine", "6.12"), ("rc", "7.3-rc4"), ("a", null), ("new", "7.3"), ("z", "6.1.9"),
                ("y", "6.1.10"), ("other", "6.12") }
            .Select(r => Samples.Kernel("0") with { Id = r.Item1, Version = r.Item2 });
        Assert.That(rows.Order(KernelOrder.Instance).Select(k => k.Id),
            Is.EqualTo(new[] { "z", "y", "mine", "other", "rc", "new", "a", "b" }));
    }

    /// <summary>Of one upstream version, which is all that a distribution's kernels may have.</summary>
    [TestCase("el9-5.14.0-70.el9-x86_64", "el9-5.14.0-427.el9-x86_64", "el9-5.14.0-427.13.1.el9_4-x86_64",
        "el9-5.14.0-427.40.1.el9_4-x86_64", "el9-5.14.0-503.el9-x86_64", "el9-5.14.0-1000.el9-x86_64")]
    [TestCase("ubuntu-6.8.0-9.9-generic-amd64", "ubuntu-6.8.0-31.31~22.04.1-generic-amd64",
        "ubuntu-6.8.0-31.31-generic-amd64", "ubuntu-6.8.0-100.100-generic-amd64")]
    [TestCase("debian-6.12.9-1~bpo12+1-cloud-amd64", "debian-6.12.9-1-amd64", "debian-6.12.9-1-cloud-amd64",
        "debian-6.12.9-2-cloud-amd64", "debian-6.12.9-10-cloud-amd64")]
    [TestCase("a", "a0", "a00", "a01", "a1", "a1-", "a2")]
    public void Kernels_of_one_version_stand_in_the_order_of_their_packages(params string[] ids)
    {
        var rows = ids.Reverse().Select(id => Samples.Kernel("5.14") with { Id = id });
        Assert.That(rows.Order(KernelOrder.Instance).Select(k => k.Id), Is.EqualTo(ids));
    }
}
