using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Kernels.Debian;

/// <summary>A key made for a test, in a GnuPG home of its own: signs as the archive does.</summary>
internal sealed class SigningKey : IAsyncDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("key").FullName;

    private SigningKey()
    {
    }

    /// <summary>The GnuPG home, for programs that sign by themselves.</summary>
    public string Home => _home;

    /// <summary>Whose key it is.</summary>
    public static string Owner => "archive@test.invalid";

    /// <summary>The public key in armour, as distributions publish theirs.</summary>
    public string Armoured => Path.Combine(_home, "keyring.asc");

    /// <summary>The public key, as gpgv takes it.</summary>
    public string Keyring => Path.Combine(_home, "keyring.gpg");

    public static async Task<SigningKey> MakeAsync()
    {
        Assert.That(CommandExecution.Find("gpg"), Is.Not.Null,
            "gpg is needed to sign the test's archive: install gnupg");
        var key = new SigningKey();
        await key.GpgAsync("--quick-generate-key", $"Test archive <{Owner}>", "ed25519", "sign", "never");
        await key.GpgAsync("--output", key.Keyring, "--export");
        await key.GpgAsync("--output", key.Armoured, "--armor", "--export");
        return key;
    }

    /// <summary>Writes the text inline-signed, as an InRelease is.</summary>
    public async Task SignAsync(string text, string path)
    {
        var plain = Path.Combine(_home, "text");
        await File.WriteAllTextAsync(plain, text);
        await GpgAsync("--yes", "--output", path, "--clear-sign", plain);
    }

    /// <summary>Writes the signature of a file beside it.</summary>
    public Task SignDetachedAsync(string path) =>
        GpgAsync("--yes", "--armor", "--output", $"{path}.asc", "--detach-sign", path);

    public async ValueTask DisposeAsync()
    {
        await new Command("gpgconf").WithArguments(["--homedir", _home, "--kill", "all"])
            .TryRunAsync(CancellationToken.None);
        Directory.Delete(_home, recursive: true);
    }

    private Task<FinishedCommand> GpgAsync(params string[] arguments) => new Command("gpg")
        .WithArguments(["--homedir", _home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase",
            "", .. arguments])
        .RunAsync(CancellationToken.None);
}
