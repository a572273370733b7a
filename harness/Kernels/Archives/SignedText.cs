using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Archives;

/// <summary>A text that a key of the archive signed. Only <see cref="VerifyAsync"/> makes one.</summary>
public sealed record SignedText
{
    private SignedText(string text) => Text = text;

    public string Text { get; }

    /// <summary>Checks an inline-signed file, and gives just the part that the signature covers.</summary>
    /// <param name="keyring">The keys that may sign.</param>
    /// <returns>The text, or why there is none to be trusted.</returns>
    /// <exception cref="CommandException">gpgv is not installed.</exception>
    public static async Task<(SignedText? Signed, string? Problem)> VerifyAsync(
        string file, string keyring, CancellationToken cancellation)
    {
        if (PublicKeys.Problem(keyring) is { } missing)
        {
            return (null, missing);
        }
        var output = file + ".signed";
        try
        {
            var result = await RunAsync(keyring, file, ["--output", output, file], cancellation).ConfigureAwait(false);
            return Problem(result, texts: 1) is { } problem
                ? (null, problem)
                : (new SignedText(await File.ReadAllTextAsync(output, cancellation).ConfigureAwait(false)), null);
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>Checks a file whose signature is in a file of its own.</summary>
    /// <param name="keyring">The keys that may sign.</param>
    /// <returns>The file's text, or why it is not to be trusted.</returns>
    /// <exception cref="CommandException">gpgv is not installed.</exception>
    public static async Task<(SignedText? Signed, string? Problem)> VerifyDetachedAsync(
        string file, string signature, string keyring, CancellationToken cancellation)
    {
        if (PublicKeys.Problem(keyring) is { } missing)
        {
            return (null, missing);
        }
        var result = await RunAsync(keyring, file, [signature, file], cancellation).ConfigureAwait(false);
        return Problem(result, texts: 0) is { } problem
            ? (null, problem)
            : (new SignedText(await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false)), null);
    }

    private static async Task<FinishedCommand> RunAsync(
        string keyring, string beside, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var binary = beside + ".keys";
        try
        {
            await File.WriteAllBytesAsync(binary, PublicKeys.Read(keyring), cancellation).ConfigureAwait(false);
            return await new Command("gpgv")
                .WithArguments(
                [
                    "--status-fd", "1", "--weak-digest", "SHA1", "--keyring", Path.GetFullPath(binary), .. arguments,
                ])
                .TryRunAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(binary);
        }
    }

    // The status lines are those of GnuPG's doc/DETAILS. One good signature is enough, as it is for apt: an older
    // keyring lacks the newest of the keys that sign. gpgv's output holds the first of several texts that someone
    // puts into one file, of whoever's making; it then reports an ERROR.
    private static string? Problem(FinishedCommand result, int texts)
    {
        const string Prefix = "[GNUPG:] ";
        var lines = result.StandardOutput.Split('\n')
            .Where(line => line.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(line => line[Prefix.Length..].TrimEnd().Split(' '))
            .ToList();
        int Count(string keyword) => lines.Count(words => words[0] == keyword);
        var unknownKeys = lines.Where(words => words[0] == "NO_PUBKEY").Select(words => words[^1]).ToList();
        var wrong = lines.FirstOrDefault(
            words => words[0] is "BADSIG" or "ERROR" or "FAILURE" or "NODATA" or "UNEXPECTED"
            || (words[0] == "ERRSIG" && words is not [_, _, _, _, _, _, "9", ..]));
        if (wrong is not null)
        {
            return $"the signature is not good (gpgv: {string.Join(' ', wrong)})";
        }
        if (Count("GOODSIG") > 0 && Count("VALIDSIG") > 0 && Count("PLAINTEXT") == texts)
        {
            return result.IsSuccess || unknownKeys.Count > 0 ? null : $"gpgv exited with {result.ExitCode}";
        }
        return unknownKeys.Count > 0
            ? $"no key that signed it is in the keyring ({string.Join(", ", unknownKeys)})"
            : $"it has no good signature: {result.Describe()}";
    }
}
