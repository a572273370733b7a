using Harness.Cli;
using Harness.Matrix;
using Harness.Probes.InnerMaps;
using Harness.Probes.Object;

namespace Harness.Tests.Probes;

/// <summary>What a kernel is built with depends on the cases that it is asked.</summary>
public sealed class CaseOptionsTests
{
    private const string Btf = "CONFIG_DEBUG_INFO_BTF=y";
    private const string Lsm = "CONFIG_BPF_LSM=y";

    [TestCase("raw.array_of_maps.array.struct.none", "CONFIG_NET=y", Btf)]
    [TestCase("raw.array_of_maps.array.kptr.none", Btf, Lsm)]
    [TestCase("raw.hash_of_maps.hash.struct.kptr", Btf, Lsm)]
    [TestCase("raw.array_of_maps.array.percpu_kptr.percpu_kptr.same_btf", Btf, Lsm)]
    [TestCase("raw.array_of_maps.task_storage.bytes.uptr", Btf, "CONFIG_SMP=y")]
    [TestCase("raw.hash_of_maps.struct_ops.none.none", Btf, Lsm)]
    [TestCase("raw.hash_of_maps.inode_storage.bytes.bytes.value_size", Lsm, Btf)]
    [TestCase("raw.array_of_maps.xskmap.none.none", "CONFIG_XDP_SOCKETS=y", "CONFIG_SMP=y")]
    [TestCase("raw.array_of_maps.cpumap.none.none.max_entries", "CONFIG_SMP=y", "CONFIG_XDP_SOCKETS=y")]
    [TestCase("object.x.load", Btf, "CONFIG_SMP=y")]
    public void A_case_gets_what_it_needs_and_nothing_that_only_others_need(string id, string needed, string others)
    {
        var options = Catalog.Default.Probes.Of(id)!.OptionsFor(cases => cases.Matches(id));
        Assert.That(options.Needed, Does.Contain(needed).And.Not.Contain(others));
        Assert.That(options.Needed, Does.Contain("CONFIG_BPF_SYSCALL=y"));
    }

    [Test]
    public void A_matrix_gets_what_any_of_its_cases_needs()
    {
        var all = new ProbeEntry(InnerMapsProbe.Instance, [], []);
        var arrays = all with { Cases = [new Glob("raw.*.array.*")] };
        var locks = all with { Cases = [new Glob("raw.{array,hash}_of_maps.array.spin_lock.none")] };
        Assert.That(all.OptionsOfBuilds.Needed, Does.Contain(Btf).And.Contain(Lsm));
        Assert.That(arrays.OptionsOfBuilds.Needed, Does.Contain(Btf), "some of them may be of kptrs");
        Assert.That(locks.OptionsOfBuilds.Needed, Does.Contain("CONFIG_NET=y").And.Not.Contain(Btf));
    }

    [Test]
    public void The_kind_of_debugging_information_that_BTF_is_made_of_is_only_wanted()
    {
        const string Kind = "CONFIG_DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT=y";
        var options = Catalog.Default.Probes.Of("raw.array_of_maps.array.kptr.none")!
            .OptionsFor(cases => cases.Matches("raw.array_of_maps.array.kptr.none"));
        Assert.That(options.Wanted, Does.Contain(Kind));
        Assert.That(options.Needed, Does.Contain(Btf).And.Not.Contain(Kind));
    }

    [Test]
    public void What_an_object_may_name_is_wanted_where_the_tree_has_it() =>
        Assert.That(ObjectProbe.Instance.OptionsFor(_ => true).Wanted,
            Does.Contain(Lsm).And.Contain("CONFIG_FPROBE=y"));
}
