namespace Harness.Machines;

/// <summary>The machines that kernels can be booted on.</summary>
public static class MachineList
{
    public static IReadOnlyList<Machine> All { get; } =
        [X86_64.Machine, Arm64.Machine, S390x.Machine, Riscv64.Machine, Ppc64le.Machine];

    /// <summary>The machine of an image file that the user gives, and of help texts.</summary>
    public static Machine Default => All[0];

    /// <summary>
    /// The folder, among programs that are built, of those for a machine's guests; empty for <see cref="Default"/>.
    /// </summary>
    public static string FolderOf(Machine machine) => machine == Default ? "" : machine.Name;

    /// <param name="name">As <c>uname -m</c> says.</param>
    /// <returns><c>null</c> when no such kernel can be booted.</returns>
    public static Machine? Find(string name) => All.FirstOrDefault(machine => machine.Name == name);

    /// <summary>The machine of a kernel whose image was found to be one of its images.</summary>
    /// <exception cref="ArgumentException">There is no such machine.</exception>
    public static Machine Get(string name) =>
        Find(name) ?? throw new ArgumentException($"no machine boots kernels of {name}", nameof(name));

    /// <summary>The machine that boots an image; <c>null</c> when none does.</summary>
    public static Machine? OfImage(string path) => All.FirstOrDefault(machine => machine.Images.Problem(path) is null);

    /// <summary>Why a file is no image that can be booted, in one line; <c>null</c> when it is one.</summary>
    /// <param name="name">The kernel's machine, as <c>uname -m</c> says.</param>
    public static string? ImageProblem(string path, string name) => Find(name) is { } machine
        ? machine.Images.Problem(path)
        : $"kernels of {name} cannot be booted: no machine is known for them";
}
