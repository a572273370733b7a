using System.Buffers;
using System.IO.Pipelines;
using Harness.Kernels.Packages;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// The tar inside of a package, from which the kernel is taken: it is found or not, and nothing else is written.
/// </summary>
internal sealed class TarTarget : FuzzTarget
{
    private readonly Scratch _scratch = new();

    public override int LongestInput => 8192;

    protected override void Run(byte[] input)
    {
        var image = _scratch["image"];
        File.Delete(image);
        // As dpkg-deb hands it over: nobody can go back in it.
        using var tar = PipeReader.Create(new ReadOnlySequence<byte>(input)).AsStream();
        var (found, _) = PackageContent.CopyImageAsync(tar, image, long.MaxValue, null, CancellationToken.None)
            .GetAwaiter().GetResult();
        Require(found is null || File.Exists(image), "an image that was found is written");
        Require(!File.Exists(image) || new FileInfo(image).Length <= input.Length, "it is no longer than the tar");
        Require(Directory.GetFileSystemEntries(_scratch.Directory).All(path => path == image),
            "nothing but the image is written");
    }
}
