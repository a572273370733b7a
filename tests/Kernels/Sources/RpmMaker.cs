using System.Globalization;
using CliWrap;
using Harness.Processes;
using Harness.Tests.Kernels.Debian;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Sources;

/// <summary>Makes packages and repositories with rpm's own tools.</summary>
internal static class RpmMaker
{
    /// <param name="files">Of each path in the package, the file that lies there.</param>
    /// <returns>The package.</returns>
    public static async Task<string> BuildAsync(
        string directory, string package, string version, string release, params (string Path, string File)[] files)
    {
        using var work = new TemporaryDirectory();
        var install = string.Concat(files.Select(file => string.Create(CultureInfo.InvariantCulture,
            $"install -D -m 644 {file.File} %{{buildroot}}/{file.Path}\n")));
        var spec = work.Write("package.spec",
            $"Name: {package}\nVersion: {version}\nRelease: {release}\nSummary: test\nLicense: GPL\n"
                + $"%description\nTest.\n%install\n{install}%files\n"
                + string.Concat(files.Select(file => $"/{file.Path}\n")));
        await new Command("rpmbuild").WithArguments(
        [
            "-bb", "--quiet", "--target", "x86_64", "--define", $"_topdir {work.Path}", "--define",
            $"_rpmdir {directory}", "--define", "_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm", "--define",
            "__os_install_post %{nil}", "--define", "_build_id_links none", spec,
        ]).RunAsync(CancellationToken.None);
        return Path.Combine(directory, $"{package}-{version}-{release}.x86_64.rpm");
    }

    public static Task SignAsync(string package, SigningKey key) => new Command("rpmsign").WithArguments(
        [
            "--define", $"_gpg_name {SigningKey.Owner}", "--define", "__gpg /usr/bin/gpg", "--define",
            "_gpg_sign_cmd_extra_args --batch --pinentry-mode loopback --passphrase ''", "--addsign", package,
        ])
        .WithEnvironmentVariables(variables => variables.Set("GNUPGHOME", key.Home)).RunAsync(CancellationToken.None);

    /// <summary>Lists the packages of a directory, as createrepo_c does.</summary>
    /// <param name="key">Signs the list; <c>null</c> leaves it unsigned, as Fedora's are.</param>
    public static async Task PublishAsync(string directory, SigningKey? key)
    {
        await new Command("createrepo_c").WithArguments(["--quiet", directory]).RunAsync(CancellationToken.None);
        if (key is not null)
        {
            await key.SignDetachedAsync(Path.Combine(directory, "repodata", "repomd.xml"));
        }
    }
}
