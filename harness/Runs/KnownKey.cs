namespace Harness.Runs;

/// <summary>All that a kernel's row depends on: one with the same key need not be asked again.</summary>
/// <param name="Kernel">The kernel's id: its row and its files are named by it.</param>
/// <param name="Image">SHA256 of the image.</param>
/// <param name="Guest">SHA256 of the initramfs: the guest's init, its programs and their files.</param>
/// <param name="Asked">SHA256 of which cases are asked for, as the command line and the matrix say.</param>
/// <param name="Parameters">
/// Of the kernel, without what differs in each boot, and whether the image unpacks itself.
/// </param>
/// <param name="Host">The accelerator, QEMU, virtme-ng, and under KVM the host's kernel and CPU.</param>
/// <param name="Harness">The build of this program, which makes the row of what the guest says.</param>
public sealed record KnownKey(
    string Kernel, string Image, string Guest, string Asked, string Parameters, string Host, string Harness)
{
    /// <summary>The name of the file that holds what is known.</summary>
    public string FileName =>
        Hashes.Sha256OfText(string.Join('\n', Kernel, Image, Guest, Asked, Parameters, Host, Harness)) + ".zip";
}
