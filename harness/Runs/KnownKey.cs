namespace Harness.Runs;

/// <summary>All that the verdicts of one boot depend on: a kernel with the same key need not be asked again.</summary>
/// <param name="Kernel">The kernel's id: its row and its files are named by it.</param>
/// <param name="Image">SHA256 of the image.</param>
/// <param name="Guest">SHA256 of the guest's init, of its programs, and of what they are asked.</param>
/// <param name="Parameters">Of the kernel, without what differs in each boot.</param>
/// <param name="Accelerator"><c>kvm</c> or <c>tcg</c>.</param>
/// <param name="Qemu">QEMU's version.</param>
public sealed record KnownKey(
    string Kernel, string Image, string Guest, string Parameters, string Accelerator, string Qemu)
{
    /// <summary>The name of the file that holds what is known.</summary>
    public string FileName =>
        Hashes.Sha256OfText(string.Join('\n', Kernel, Image, Guest, Parameters, Accelerator, Qemu)) + ".zip";
}
