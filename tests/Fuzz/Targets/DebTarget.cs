using Harness.Kernels.Packages;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>A whole package, as dpkg-deb and the harness read it together.</summary>
internal sealed class DebTarget : FuzzTarget
{
    private readonly Scratch _scratch = new();

    public override bool IsSlow => true;

    protected override void Run(byte[] input)
    {
        var (package, image) = (_scratch.Write("package.deb", input), _scratch["image"]);
        File.Delete(image);
        var (found, problem) = PackageContent.ExtractImageAsync(package, image, CancellationToken.None)
            .GetAwaiter().GetResult();
        Require(found is null != problem is null, "there is an image, or a reason");
        Require(found is null || File.Exists(image), "an image that was found is written");
        Require(Directory.GetFileSystemEntries(_scratch.Directory).All(path => path == image || path == package),
            "nothing but the image is written");
    }
}
