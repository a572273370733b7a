using CliWrap;
using Harness.Kernels.Archives;
using Harness.Processes;

namespace Harness.Kernels.Rpm;

/// <summary>Checks the signature of a package itself, with a database of keys of its own (rpmkeys(8)).</summary>
internal static class RpmSignature
{
    /// <param name="keyring">The keys that may sign.</param>
    /// <returns>What is wrong with the package; <c>null</c> when one of the keys signed it.</returns>
    /// <exception cref="CommandException">rpmkeys is not installed.</exception>
    /// <exception cref="IOException">The keys cannot be read.</exception>
    public static async Task<string?> CheckAsync(string path, string keyring, CancellationToken cancellation)
    {
        if (PublicKeys.Problem(keyring) is { } missing)
        {
            return missing;
        }
        var database = Directory.CreateTempSubdirectory("rpmdb").FullName;
        try
        {
            var keys = Path.Combine(database, "keys.asc");
            await File.WriteAllTextAsync(keys, Armour(PublicKeys.Read(keyring)), cancellation).ConfigureAwait(false);
            var imported = await Rpmkeys(database, "--import", keys).TryRunAsync(cancellation).ConfigureAwait(false);
            if (!imported.IsSuccess)
            {
                return $"the keyring {keyring} cannot be used: {imported.Describe()}";
            }
            var result = await Rpmkeys(database, "--checksig", "--verbose", path).TryRunAsync(cancellation)
                .ConfigureAwait(false);
            return Problem(result);
        }
        finally
        {
            Files.Remove(database);
        }
    }

    // A package without a signature passes --checksig, by its digests, so a line must say that a signature is good.
    // Header V4 EdDSA/SHA512 Signature, key ID 1c1a5a20: OK, NOKEY or BAD.
    private static string? Problem(FinishedCommand result)
    {
        var signatures = result.StandardOutput.Split('\n')
            .Where(line => line.Contains("Signature", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        return signatures.Count == 0 && result.IsSuccess ? "nobody signed it, and nobody signed its repository"
            : signatures.Find(line => !line.EndsWith(": OK", StringComparison.Ordinal)) is { } wrong
                ? $"its signature is not good (rpmkeys: {wrong})"
            : result.IsSuccess && signatures.Count > 0 ? null
            : result.Describe();
    }

    private static Command Rpmkeys(string database, params string[] arguments) =>
        new Command("rpmkeys").WithArguments(["--dbpath", database, .. arguments])
            .WithEnvironmentVariables(variables => variables.Set("LC_ALL", "C"));

    /// <summary>rpmkeys takes no binary keys, and no armour without its checksum (RFC 9580, section 6.1).</summary>
    private static string Armour(byte[] keys)
    {
        var crc = 0xb704ce;
        foreach (var bit in keys.SelectMany(value => Enumerable.Range(0, 8).Select(i => (value >> (7 - i)) & 1)))
        {
            var carry = ((crc >> 23) & 1) ^ bit;
            crc = ((crc << 1) & 0xffffff) ^ (carry == 1 ? 0x864cfb : 0);
        }
        var checksum = Convert.ToBase64String([(byte)(crc >> 16), (byte)(crc >> 8), (byte)crc]);
        var lines = Convert.ToBase64String(keys).Chunk(64).Select(line => new string(line));
        return $"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{string.Join('\n', lines)}\n={checksum}\n"
            + "-----END PGP PUBLIC KEY BLOCK-----\n";
    }
}
