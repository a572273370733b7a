using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class VmBudgetTests
{
    private const long GiB = 1L << 30;

    [Test]
    public void One_VM_for_each_core_where_memory_holds_them() =>
        Assert.That(VmBudget.For(null, 8, 16 * GiB), Is.EqualTo(new VmBudget(8, null)));

    [Test]
    public void What_is_asked_for_is_given_even_beyond_the_cores() =>
        Assert.That(VmBudget.For(12, 8, 16 * GiB), Is.EqualTo(new VmBudget(12, null)));

    [TestCase(null)]
    [TestCase(64)]
    public void Memory_bounds_both_and_it_is_said(int? asked)
    {
        var budget = VmBudget.For(asked, 32, 2 * GiB);
        Assert.That(budget.Jobs, Is.EqualTo(3));
        Assert.That(budget.Note, Is.EqualTo($"3 VMs at a time and not {asked ?? 32}: "
            + "2048 MiB of memory are available, one VM takes 512 MiB"));
    }

    [Test]
    public void One_VM_is_tried_however_little_memory_there_is() =>
        Assert.That(VmBudget.For(null, 2, 0).Jobs, Is.EqualTo(1));

    [Test]
    public void This_machine_has_room_for_one() => Assert.That(VmBudget.Here(1).Jobs, Is.EqualTo(1));
}
