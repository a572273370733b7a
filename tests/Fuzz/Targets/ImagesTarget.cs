using Harness.Machines;
using Harness.Machines.Images;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// Kernel images, bzImage and ELF: a compressed kernel inside of one lies within the file, and whatever an image says
/// of itself, looking at it costs little.
/// </summary>
internal sealed class ImagesTarget : FuzzTarget
{
    private readonly Scratch _scratch = new();

    protected override long BytesForEach => 2000;

    protected override void Run(byte[] input)
    {
        var path = _scratch.Write("image", input);
        foreach (var machine in MachineList.All)
        {
            _ = machine.Images.Problem(path);
            _ = machine.Images.Version(path);
            using var file = File.OpenRead(path);
            if (machine.Images.FormatOf(file)?.Payload(file) is { } payload)
            {
                Require(payload.Offset >= 0 && payload.Length > 0 && payload.Offset + payload.Length <= input.Length,
                    "the compressed kernel lies within the image");
            }
        }
        _ = ElfNotes.HasPvhEntry(path);
    }
}
