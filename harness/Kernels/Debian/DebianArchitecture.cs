namespace Harness.Kernels.Debian;

/// <summary>An architecture under its two names.</summary>
/// <param name="Name">Debian's, as <c>dpkg --print-architecture</c> says: <c>amd64</c>.</param>
/// <param name="Machine">The kernel's, as <c>uname -m</c> says: <c>x86_64</c>.</param>
public sealed record DebianArchitecture(string Name, string Machine)
{
    // A flavour ends in the architecture's name, or in that of a machine type which only one architecture has
    // (linux source package, debian/config.*/*/defines.toml).
    private static readonly (string Word, DebianArchitecture Architecture)[] _byFlavourWord =
    [
        ("amd64", new("amd64", "x86_64")),
        ("arm64", new("arm64", "aarch64")),
        ("armmp", new("armhf", "armv7l")),
        ("marvell", new("armel", "armv5tel")),
        ("rpi", new("armel", "armv5tel")),
        ("686", new("i386", "i686")),
        ("powerpc64le", new("ppc64el", "ppc64le")),
        ("riscv64", new("riscv64", "riscv64")),
        ("s390x", new("s390x", "s390x")),
        ("loong64", new("loong64", "loongarch64")),
    ];

    /// <summary>
    /// The architecture of a flavour (<c>cloud-amd64</c>, <c>rt-686-pae</c>), or <c>null</c> when it names none that is
    /// known.
    /// </summary>
    public static DebianArchitecture? OfFlavour(string flavour)
    {
        var words = flavour.Split('-');
        return _byFlavourWord.FirstOrDefault(known => words.Contains(known.Word, StringComparer.Ordinal)).Architecture;
    }
}
