using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class ControlGroupTests
{
    private TemporaryDirectory _root = null!;

    [SetUp]
    public void Make_a_hierarchy()
    {
        _root = new TemporaryDirectory();
        Group("ci", limit: "4000", used: "1000", cache: "200");
        Group("ci/job", limit: "max", used: "500", cache: "0");
        Group("ci/job/step", limit: "3900", used: "400", cache: "100");
    }

    [TearDown]
    public void Remove_it() => _root.Dispose();

    [Test]
    public void What_others_take_in_a_group_above_counts() =>
        Assert.That(Available("0::/ci/job/step"), Is.EqualTo(4000 - 1000 + 200));

    [Test]
    public void The_tightest_of_all_counts()
    {
        Group("ci/job/step", limit: "1000", used: "900", cache: "50");
        Assert.That(Available("0::/ci/job/step"), Is.EqualTo(150));
        Group("ci/job/step", limit: "1000", used: "1500", cache: "0");
        Assert.That(Available("0::/ci/job/step"), Is.Zero);
    }

    [Test]
    public void Without_a_limit_there_is_no_answer()
    {
        Assert.That(Available("0::/"), Is.Null);
        Assert.That(Available("0::/another/container"), Is.Null);
        Assert.That(Available("4:memory:/version/one"), Is.Null);
    }

    private long? Available(string membership) =>
        new ControlGroup(_root.Path).AvailableMemory(["1:name=systemd:/init", membership]);

    private void Group(string path, string limit, string used, string cache)
    {
        _root.Write($"{path}/memory.max", limit + "\n");
        _root.Write($"{path}/memory.current", used + "\n");
        _root.Write($"{path}/memory.stat", $"anon 1\ninactive_file {cache}\n");
    }
}
