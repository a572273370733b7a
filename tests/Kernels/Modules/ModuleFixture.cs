using CliWrap;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Modules;

/// <summary>Object files that say of themselves what kernel modules say.</summary>
public abstract class ModuleFixture
{
    private protected TemporaryDirectory Folder { get; private set; } = null!;

    [SetUp]
    public void Make_a_directory() => Folder = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => Folder.Dispose();

    /// <param name="path">Relative; its ending says how it is compressed.</param>
    /// <param name="depends">As modpost writes it: names, separated by commas.</param>
    private protected async Task<string> ModuleAsync(string path, string depends = "")
    {
        var plain = path.EndsWith(".xz", StringComparison.Ordinal) ? path[..^3] : path;
        var source = Folder.Write("module.s",
            $".section .modinfo,\"a\"\n.asciz \"license=GPL\"\n.asciz \"depends={depends}\"\n.asciz \"name=x\"\n");
        Directory.CreateDirectory(Path.GetDirectoryName(Folder[plain])!);
        await new Command("as").WithArguments(["-o", Folder[plain], source]).RunAsync(CancellationToken.None);
        if (plain != path)
        {
            await new Command("xz").WithArguments(["--check=crc32", Folder[plain]]).RunAsync(CancellationToken.None);
        }
        return Folder[path];
    }
}
