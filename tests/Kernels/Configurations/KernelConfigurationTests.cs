using System.IO.Compression;
using System.Text;
using Harness.Kernels;
using Harness.Kernels.Configurations;
using Harness.Kernels.Images;
using Harness.Machines;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Configurations;

public sealed class KernelConfigurationTests
{
    private const string Text = """
        #
        # Automatically generated file; DO NOT EDIT.
        # Linux/x86 6.1.170 Kernel Configuration
        #
        CONFIG_BPF_SYSCALL=y
        CONFIG_NR_CPUS=8192
        CONFIG_SERIAL_8250_CONSOLE=m
        # CONFIG_BLK_DEV_INITRD is not set

        """;

    private static readonly KernelVersion _version = KernelVersion.Parse("6.1.170");

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [TestCase("CONFIG_BPF_SYSCALL", ExpectedResult = true)]
    [TestCase("CONFIG_NR_CPUS", ExpectedResult = true)]
    [TestCase("CONFIG_SERIAL_8250_CONSOLE", ExpectedResult = false, Description = "a module is none at the start")]
    [TestCase("CONFIG_BLK_DEV_INITRD", ExpectedResult = false)]
    [TestCase("CONFIG_BPF", ExpectedResult = false, Description = "the file leaves it out")]
    public bool What_is_set_is_built_in(string option) =>
        KernelConfiguration.Read(Text, "here", _version)!.HasBuiltIn(option);

    [TestCase("CONFIG_BPF_SYSCALL=y\n", "6.1.170", Description = "without its first lines")]
    [TestCase("", "6.1.170")]
    [TestCase(Text, "6.12.43", Description = "another kernel's")]
    public void What_is_no_configuration_of_the_kernel_says_nothing(string text, string version) =>
        Assert.That(KernelConfiguration.Read(text, "here", KernelVersion.Parse(version)), Is.Null);

    [Test]
    public async Task The_configuration_beside_an_image_tells_what_is_missing()
    {
        var image = WriteImage([]);
        File.WriteAllText(Path.Combine(_directory.Path, "config"), Text);
        Assert.That(await ProblemAsync(image), Is.EqualTo(
            "it is built without CONFIG_BLK_DEV_INITRD (the package's config): without that, "
                + "it has no guest to start, which is an initramfs"));
    }

    /// <summary>The mark lies across two of the parts in which the file is read.</summary>
    [TestCase(0)]
    [TestCase((1 << 20) - 3)]
    [TestCase((1 << 20) - 8)]
    [TestCase(3 << 20)]
    public async Task So_does_the_one_that_is_in_the_kernel_itself(int before)
    {
        Assert.That(await ProblemAsync(WriteImage([.. new byte[before], .. "IKCFG_ST"u8, .. Compressed(Text)])),
            Does.StartWith("it is built without CONFIG_BLK_DEV_INITRD (the configuration in its image)"));
    }

    [TestCase(new byte[] { 1, 2, 3 }, Description = "no gzip")]
    [TestCase(new byte[0], Description = "cut short")]
    public async Task A_damaged_one_says_nothing(byte[] content)
    {
        Assert.That(await ProblemAsync(WriteImage([.. "IKCFG_ST"u8, .. content])), Is.Null);
    }

    [Test]
    public async Task A_kernel_without_one_is_left_to_its_boot() =>
        Assert.That(await ProblemAsync(WriteImage(new byte[100])), Is.Null);

    private static async Task<string?> ProblemAsync(BootImage image)
    {
        var kernel = new Kernel("k", _version, "x86_64", "a kernel", new LocalImage(image.Path, "x86_64"));
        return await ConfigurationCheck.ProblemAsync(kernel, image, KernelNeed.Common, CancellationToken.None);
    }

    private static byte[] Compressed(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return memory.ToArray();
    }

    private BootImage WriteImage(byte[] content)
    {
        var path = Path.Combine(_directory.Path, "vmlinuz");
        File.WriteAllBytes(path, content);
        return new BootImage(path, Hashes.Sha256Of(content));
    }
}
