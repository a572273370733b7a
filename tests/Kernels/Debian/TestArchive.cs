using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CliWrap;
using Harness.Kernels.Apt;
using Harness.Kernels.Debian;
using Harness.Processes;

namespace Harness.Tests.Kernels.Debian;

/// <summary>
/// A tiny Debian archive in a temporary directory: <c>dists/</c> and <c>pool/</c>, signed, with packages of a few
/// bytes.
/// </summary>
internal sealed class TestArchive(SigningKey key) : IDisposable
{
    private readonly StringBuilder _packages = new();

    public string Root { get; } = Directory.CreateTempSubdirectory("archive").FullName;

    public string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>Something that passes for a bzImage, of this content.</summary>
    public static byte[] Image(string content)
    {
        var image = new byte[0x400];
        Encoding.ASCII.GetBytes("HdrS").CopyTo(image, 0x202);
        Encoding.ASCII.GetBytes(content).CopyTo(image, 0x300);
        return image;
    }

    /// <summary>Puts a package into the pool that holds one file, and lists it.</summary>
    /// <param name="further">Further files, by their paths in the package.</param>
    public async Task<DebianKernel> AddAsync(
        string package, string version, byte[] content, string path = "boot/vmlinuz-6.1.0-9-cloud-amd64",
        string suite = "bookworm", IReadOnlyDictionary<string, byte[]>? further = null)
    {
        var tree = Path.Combine(Root, "tree");
        foreach (var (name, bytes) in (further ?? new Dictionary<string, byte[]>()).Append(new(path, content)))
        {
            var file = Path.Combine(tree, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes);
        }
        Directory.CreateDirectory(Path.Combine(tree, "DEBIAN"));
        await File.WriteAllTextAsync(Path.Combine(tree, "DEBIAN", "control"),
            $"Package: {package}\nVersion: {version}\nArchitecture: amd64\nMaintainer: Nobody "
                + "<nobody@test.invalid>\nDescription: test\n");
        var filename = $"pool/main/l/linux/{package}_{version}_amd64.deb";
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(filename))!);
        await new Command("dpkg-deb").WithArguments(["--root-owner-group", "-Zgzip", "--build", tree, PathOf(filename)])
            .RunAsync(CancellationToken.None);
        Directory.Delete(tree, recursive: true);
        return List(package, version, filename, suite);
    }

    /// <summary>Lists a file of the pool as a package, and gives the kernel that the index then describes.</summary>
    public DebianKernel List(string package, string version, string filename, string suite = "bookworm")
    {
        var (size, hash) = Measure(PathOf(filename));
        _packages.Append(CultureInfo.InvariantCulture,
            $"Package: {package}\nVersion: {version}\nArchitecture: amd64\nFilename: {filename}\nSize: {size}\nSHA256: "
                + $"{hash}\n\n");
        var name = KernelPackageName.TryParse(package)!;
        return new DebianKernel(DebianVersion.Parse(version), name.Flavour,
            DebianArchitecture.OfFlavour(name.Flavour)!, name.Abi,
            package, name.Signed, size, hash, [new ArchivePlace(suite, ArchiveBases.Of(suite), filename)]);
    }

    /// <summary>Writes the indexes of what was added, and signs them.</summary>
    /// <param name="fields">Further lines of the Release file.</param>
    public async Task PublishAsync(string suite = "bookworm", string fields = "", SigningKey? signer = null)
    {
        var index = Path.Combine(Root, "dists", suite, "main", "binary-amd64", "Packages");
        Directory.CreateDirectory(Path.GetDirectoryName(index)!);
        await File.WriteAllTextAsync(index, _packages.ToString());
        await new Command("xz").WithArguments(["--force", index]).RunAsync(CancellationToken.None);
        var (size, hash) = Measure(index + ".xz");
        await (signer ?? key).SignAsync(
            $"Origin: Debian\nSuite: oldstable\nCodename: {suite}\n{fields}SHA256:\n {hash} {size} "
                + "main/binary-amd64/Packages.xz\n",
            Path.Combine(Root, "dists", suite, "InRelease"));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static (long Size, string Sha256) Measure(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
