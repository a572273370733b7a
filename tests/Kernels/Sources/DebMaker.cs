using CliWrap;
using Harness.Processes;
using Harness.Tests.Kernels.Debian;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Sources;

/// <summary>Makes packages and repositories with Debian's own tools.</summary>
internal static class DebMaker
{
    /// <param name="files">Of each path in the package, the file that lies there.</param>
    /// <returns>The package.</returns>
    public static async Task<string> BuildAsync(
        string directory, string package, string version, params (string Path, string File)[] files)
    {
        using var tree = new TemporaryDirectory();
        foreach (var (path, file) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(tree[path])!);
            File.Copy(file, tree[path]);
        }
        tree.Write("DEBIAN/control",
            $"Package: {package}\nVersion: {version}\nArchitecture: amd64\nSection: kernel\nPriority: optional\n"
                + "Maintainer: Nobody <nobody@test.invalid>\nDescription: test\n");
        Directory.CreateDirectory(directory);
        var deb = Path.Combine(directory, $"{package}_{version}_amd64.deb");
        await new Command("dpkg-deb").WithArguments(["--root-owner-group", "-Zgzip", "--build", tree.Path, deb])
            .RunAsync(CancellationToken.None);
        return deb;
    }

    /// <summary>Publishes packages as reprepro does, which signs by itself.</summary>
    public static async Task RepreproAsync(
        string repository, string codename, SigningKey key, params IEnumerable<string> packages)
    {
        Directory.CreateDirectory(Path.Combine(repository, "conf"));
        await File.WriteAllTextAsync(Path.Combine(repository, "conf", "distributions"),
            $"Origin: Test\nCodename: {codename}\nSuite: {codename}\nArchitectures: amd64\nComponents: main\n"
                + $"SignWith: {SigningKey.Owner}\n");
        foreach (var package in packages)
        {
            await new Command("reprepro").WithArguments(["--basedir", repository, "includedeb", codename, package])
                .WithEnvironmentVariables(variables => variables.Set("GNUPGHOME", key.Home))
                .RunAsync(CancellationToken.None);
        }
    }
}
