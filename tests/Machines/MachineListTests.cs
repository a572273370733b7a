using Harness.Kernels.Debian;
using Harness.Machines;
using Harness.Tests.Support;

namespace Harness.Tests.Machines;

public sealed class MachineListTests
{
    [Test]
    public void A_machine_is_found_by_its_uname_name()
    {
        Assert.That(MachineList.Find("x86_64"), Is.SameAs(X86_64.Machine));
        Assert.That(MachineList.Find("pdp11"), Is.Null);
        Assert.That(() => MachineList.Get("pdp11"), Throws.ArgumentException.With.Message.Contains("pdp11"));
    }

    [Test]
    public void No_two_machines_share_a_name() =>
        Assert.That(MachineList.All.Select(machine => machine.Name), Is.Unique);

    [Test]
    public void The_Debian_archive_knows_each_machine_by_the_same_names()
    {
        foreach (var machine in MachineList.All)
        {
            var flavour = machine == Ppc64le.Machine ? "powerpc64le" : $"cloud-{machine.DebianName}";
            Assert.That(DebianArchitecture.OfFlavour(flavour),
                Is.EqualTo(new DebianArchitecture(machine.DebianName, machine.Name)));
        }
    }

    [Test]
    public void A_kernel_that_no_machine_boots_says_so()
    {
        using var directory = new TemporaryDirectory();
        Assert.That(MachineList.ImageProblem(directory.Write("vmlinuz", "x"), "pdp11"),
            Is.EqualTo("kernels of pdp11 cannot be booted: no machine is known for them"));
    }
}
