using Harness.Machines;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class AcceleratorChooserTests
{
    private const string Qemu = "QEMU emulator version 7.2";

    private TemporaryDirectory _directory = null!;
    private FakeLauncher _launcher = null!;
    private string _device = "";

    [SetUp]
    public void MakeMachine()
    {
        _directory = new TemporaryDirectory();
        _launcher = new FakeLauncher(_directory["launcher"]);
        _device = _directory.Write("kvm", "");
    }

    [TearDown]
    public void RemoveMachine() => _directory.Dispose();

    [Test]
    public void Emulation_needs_no_proof() =>
        Assert.That(Known(AcceleratorWish.Tcg), Is.EqualTo(new AcceleratorChoice(Accelerator.Tcg, null)));

    [Test]
    public async Task KVM_is_proven_by_a_kernel_that_reaches_the_prober()
    {
        var works = new AcceleratorChoice(Accelerator.Kvm, null);
        Assert.That(await ProveAsync(AcceleratorWish.Auto, "none"), Is.EqualTo(works));
        Assert.That(_launcher.Launched, Is.EqualTo(new[] { "image kvm" }));
        Assert.That(Known(AcceleratorWish.Auto), Is.EqualTo(works), "remembered");
    }

    [Test]
    public async Task One_of_several_programs_in_the_guest_is_proof_enough() => Assert.That(
        await ProveAsync(AcceleratorWish.Auto, "probe=inner-maps; none; probe=toy; header 0"),
        Is.EqualTo(new AcceleratorChoice(Accelerator.Kvm, null)));

    [Test]
    public async Task A_kernel_that_hangs_under_KVM_means_emulation()
    {
        var choice = await ProveAsync(AcceleratorWish.Auto, "header 0; hang");
        Assert.That((choice.Accelerator, choice.Usable), Is.EqualTo((Accelerator.Tcg, true)));
        Assert.That(choice.Note,
            Is.EqualTo($"{_device} opens, but a Linux kernel did not reach user space within 3 s under it"));
    }

    [Test]
    public async Task What_QEMU_says_of_KVM_is_passed_on()
    {
        var choice = await ProveAsync(AcceleratorWish.Auto, "complain 'KVM internal error. Suberror: 1'; exit 1");
        Assert.That(choice.Note, Is.EqualTo($"{_device} opens, but a Linux kernel did not reach user space under it "
            + "(KVM internal error. Suberror: 1)"));
    }

    [Test]
    public async Task KVM_by_name_is_not_replaced_by_emulation()
    {
        var choice = await ProveAsync(AcceleratorWish.Kvm, "exit 0");
        Assert.That((choice.Accelerator, choice.Usable), Is.EqualTo((Accelerator.Tcg, false)));
    }

    [Test]
    public async Task That_KVM_fails_is_remembered_once_the_image_has_booted_without_it()
    {
        var chooser = Chooser();
        await ProveAsync(chooser, AcceleratorWish.Auto, "exit 0");
        Assert.That(Known(AcceleratorWish.Auto), Is.Null, "the image may be at fault");
        chooser.ConfirmFailure();
        Assert.That(Known(AcceleratorWish.Auto)?.Accelerator, Is.EqualTo(Accelerator.Tcg));
        Assert.That(Known(AcceleratorWish.Auto)?.Note, Does.StartWith($"{_device} opens, but "));
        Assert.That(Known(AcceleratorWish.Kvm)?.Usable, Is.False);
    }

    [Test]
    public async Task Another_QEMU_asks_again()
    {
        await ProveAsync(AcceleratorWish.Auto, "none");
        var chooser = Chooser(qemu: "QEMU emulator version 8.2");
        Assert.That(chooser.WithoutBoot(AcceleratorWish.Auto, MachineList.Default), Is.Null);
    }

    [Test]
    public async Task Another_device_asks_again()
    {
        await ProveAsync(AcceleratorWish.Auto, "none");
        File.SetLastWriteTimeUtc(_device, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(Known(AcceleratorWish.Auto), Is.Null);
    }

    [Test]
    public async Task Another_boot_of_the_host_asks_again()
    {
        await ProveAsync(AcceleratorWish.Auto, "none");
        var memory = _directory["cache", "kvm.json"];
        var bootId = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id")).Trim();
        var text = await File.ReadAllTextAsync(memory);
        Assert.That(text, Does.Contain(bootId));
        await File.WriteAllTextAsync(memory, text.Replace(bootId, "another", StringComparison.Ordinal));
        Assert.That(Known(AcceleratorWish.Auto), Is.Null);
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{\"BootId\":")]
    public void A_damaged_memory_is_none(string text)
    {
        _directory.Write("cache/kvm.json", text);
        Assert.That(Known(AcceleratorWish.Auto), Is.Null);
    }

    [Test]
    public void Without_the_device_there_is_nothing_to_prove()
    {
        File.Delete(_device);
        Assert.That(Known(AcceleratorWish.Auto)?.Note, Does.StartWith($"there is no {_device}"));
        Assert.That(Known(AcceleratorWish.Kvm)?.Usable, Is.False);
    }

    [Test]
    public void A_device_that_may_not_be_opened_is_explained()
    {
        // Root may open any file, but nobody a directory as one; the answer of open(2) is taken the same way.
        File.Delete(_device);
        Directory.CreateDirectory(_device);
        Assert.That(Known(AcceleratorWish.Auto)?.Note, Does.Contain("add the user to the group kvm"));
    }

    [Test]
    public void KVM_runs_no_kernels_of_another_architecture()
    {
        const System.Runtime.InteropServices.Architecture None = (System.Runtime.InteropServices.Architecture)(-1);
        var other = MachineList.Default with { Name = "pdp11", Architecture = None };
        Assert.That(Chooser().WithoutBoot(AcceleratorWish.Auto, other), Is.EqualTo(new AcceleratorChoice(
            Accelerator.Tcg, "KVM runs only kernels of the machine's own architecture, and pdp11 is another")));
        Assert.That(Chooser().WithoutBoot(AcceleratorWish.Kvm, other)?.Usable, Is.False);
    }

    private AcceleratorChooser Chooser(string qemu = Qemu)
    {
        var memory = new AcceleratorMemory(_directory["cache"]);
        return new(_launcher.Machine, memory, qemu, _device, proofDeadline: RunLab.Short);
    }

    /// <summary>What is known without a boot.</summary>
    private AcceleratorChoice? Known(AcceleratorWish wish) => Chooser().WithoutBoot(wish, MachineList.Default);

    private Task<AcceleratorChoice> ProveAsync(AcceleratorWish wish, string guest) =>
        ProveAsync(Chooser(), wish, guest);

    private Task<AcceleratorChoice> ProveAsync(AcceleratorChooser chooser, AcceleratorWish wish, string guest) =>
        chooser.ProveAsync(
            wish, MachineList.Default, _launcher.Image("image", guest), "initramfs", _directory["proof"],
            CancellationToken.None);
}
