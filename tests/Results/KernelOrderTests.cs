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
}
