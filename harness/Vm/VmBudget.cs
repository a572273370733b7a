using System.Globalization;

namespace Harness.Vm;

/// <summary>How many VMs fit this machine.</summary>
/// <param name="Jobs">VMs at a time.</param>
/// <param name="Note">What holds it below the cores or below what was asked for; <c>null</c> when nothing does.</param>
public sealed record VmBudget(int Jobs, string? Note)
{
    /// <summary>
    /// What one VM may take of the host's memory: all of the guest's, and QEMU with its translated code. Measured peaks
    /// of guests that use a part of theirs: 195 MiB (5.10) to 269 MiB (7.3) with QEMU 7.2 under emulation.
    /// </summary>
    private const long BytesOfVm = (VmSpec.DefaultMemoryMiB + 128L) << 20;

    /// <summary>Bytes that are left to the harness itself.</summary>
    private const long Reserve = 256L << 20;

    /// <summary>For this machine, or this container: .NET takes a control group's CPU limit into account.</summary>
    /// <param name="cpus">Of each VM.</param>
    public static VmBudget Here(int? asked, int cpus = 1) =>
        For(asked, Environment.ProcessorCount / cpus, AvailableMemory());

    /// <summary>One VM for each core by default, never more than the memory holds, at least one.</summary>
    /// <param name="asked">How many VMs the user wants; <c>null</c> for the default.</param>
    /// <param name="cores">Of the host, or as many VMs as they can run where each has several CPUs.</param>
    /// <param name="memory">Bytes that VMs and harness may take.</param>
    public static VmBudget For(int? asked, int cores, long memory)
    {
        var wanted = asked ?? Math.Max(1, cores);
        var room = (int)Math.Clamp((memory - Reserve) / BytesOfVm, 1, int.MaxValue);
        return room >= wanted
            ? new VmBudget(wanted, null)
            : new VmBudget(room, string.Create(
                CultureInfo.InvariantCulture,
                $"{room} VMs at a time and not {wanted}: {memory >> 20} MiB of memory are available, "
                    + $"one VM takes {BytesOfVm >> 20} MiB"));
    }

    /// <summary>
    /// In bytes: what the kernel calls available (proc_meminfo(5)), or what a control group leaves where that is less.
    /// </summary>
    private static long AvailableMemory()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (new ControlGroup().AvailableMemory(File.ReadLines("/proc/self/cgroup")) is { } left)
        {
            limit = Math.Min(limit, left);
        }
        const string Key = "MemAvailable:";
        var line = File.ReadLines("/proc/meminfo").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal));
        return line is null
            ? limit
            : Math.Min(limit, long.Parse(line[Key.Length..^" kB".Length], CultureInfo.InvariantCulture) << 10);
    }
}
