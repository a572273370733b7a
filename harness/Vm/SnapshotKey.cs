using System.Globalization;

namespace Harness.Vm;

/// <summary>
/// What a snapshot depends on. A guest that differs in any of it is another one, and is booted. Pure.
/// </summary>
internal static class SnapshotKey
{
    /// <summary>Changes with whatever init, the launcher or the files of a snapshot mean.</summary>
    private const int Format = 2;

    public static IReadOnlyList<string> Of(VmSpec spec, WaitingStart start, SnapshotPrograms programs) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"format {Format}"),
        $"{ImageLine(start.ImageSha256)}{(start.Unpacked ? "unpacked" : "as shipped")}",
        $"qemu {programs.Qemu}",
        $"launcher {programs.Launcher}",
        $"machine {spec.Machine.Name} {spec.Machine.QemuMachine} {spec.Accelerator.ToString().ToLowerInvariant()}",
        $"cpu {spec.Machine.Cpu.OptionFor(spec.Accelerator, spec.Version, spec.Lean)}",
        string.Create(CultureInfo.InvariantCulture, $"memory {spec.MachineMemoryMiB} MiB"),
        $"parameters {string.Join(' ', VirtmeArguments.WaitingCommandLine(spec))}",
        $"init {programs.Init}",
        $"host {programs.Host}",
    ];

    /// <summary>The name of a key's directory.</summary>
    public static string NameOf(IReadOnlyList<string> key) => Hashes.Sha256OfText(string.Join('\n', key));

    /// <summary>Whether a key is of a guest with this image.</summary>
    public static bool IsOf(IReadOnlyList<string> key, string imageSha256) =>
        key.Any(line => line.StartsWith(ImageLine(imageSha256), StringComparison.Ordinal));

    private static string ImageLine(string sha256) => $"image {sha256} ";
}
