using System.Text.RegularExpressions;

namespace Harness.Kernels.Git;

/// <summary>
/// The smallest configuration with which a kernel can answer: tinyconfig, and what the machine, the guest, the probes
/// and the user want beside it.
/// </summary>
public static partial class KernelConfiguration
{
    /// <summary>What the guest's init needs on every machine, whatever is probed.</summary>
    private static readonly string[] _guestOptions =
    [
        "CONFIG_EPOLL=y",
        "CONFIG_FUTEX=y",
        "CONFIG_POSIX_TIMERS=y",
        "CONFIG_SHMEM=y",
        "CONFIG_MULTIUSER=y",
        "CONFIG_BINFMT_ELF=y",
        "CONFIG_BLK_DEV_INITRD=y",
        "CONFIG_RD_GZIP=y",
        "CONFIG_PROC_FS=y",
        "CONFIG_PROC_SYSCTL=y",
        "CONFIG_SYSFS=y",
        "CONFIG_DEVTMPFS=y",
        "CONFIG_PRINTK=y",
        "CONFIG_EARLY_PRINTK=y",
        "CONFIG_TTY=y",
        "# CONFIG_LOCALVERSION_AUTO is not set",
    ];

    /// <summary>
    /// Options that come with others by default, and that nothing here needs: what tinyconfig switches off is asked
    /// anew when the option that it depends on (NET, TTY, BLK_DEV_INITRD) is set.
    /// </summary>
    private static readonly string[] _withoutDefaults =
    [
        .. new[]
        {
            "IPV6", "INET_DIAG", "ETHTOOL_NETLINK", "WIRELESS", "TCP_CONG_ADVANCED", "NETWORK_FILESYSTEMS",
            "VT", "UNIX98_PTYS", "LEGACY_PTYS", "INPUT", "SERIO", "HID_SUPPORT", "HID",
            "RD_BZIP2", "RD_LZMA", "RD_XZ", "RD_LZO", "RD_LZ4", "RD_ZSTD",
        }.Select(option => $"# CONFIG_{option} is not set"),
    ];

    /// <summary>
    /// Lines for the end of .config. Of two settings of one option the last counts, so that probes win over what is
    /// left out, and the user over all.
    /// </summary>
    public static string Lines(BuildSettings settings) => string.Join('\n',
    [
        .. _withoutDefaults, .. settings.Machine.KernelOptions, .. settings.ProbeOptions.Lines, .. _guestOptions,
        settings.Fragment, "",
    ]);

    /// <summary>
    /// A hash of all files of a commit that have a say in its configuration. Where two commits have the same, .config
    /// of the one is right for the other.
    /// </summary>
    /// <exception cref="GitException">The repository cannot be read.</exception>
    public static async Task<string> HashAsync(GitRepository repository, Commit commit, CancellationToken cancellation)
    {
        var tree = await repository.AskAsync(cancellation, "ls-tree", "-r", commit.Tree).ConfigureAwait(false);
        var files = tree.Split('\n').Where(line => Configures().IsMatch(PathIn(line)));
        return Hashes.Sha256OfText(string.Join('\n', files));
    }

    /// <summary>The path in a line of git ls-tree, which stands behind a tab.</summary>
    private static string PathIn(string line) => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..];

    // Kconfig asks programs of scripts/, and the Makefiles tell it what they know of the compiler.
    [GeneratedRegex(
        @"^(Makefile$|scripts/|arch/[^/]+/Makefile|(.*/)?Kconfig[^/]*$|.*/configs/)", RegexOptions.CultureInvariant)]
    private static partial Regex Configures();
}
