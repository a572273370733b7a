using System.Globalization;

namespace Harness.Kernels.Apt;

/// <summary>
/// What a suite's Release file says, of which only the signed text may be read (the wiki's DebianRepository/Format).
/// </summary>
/// <param name="ValidUntil">After this the mirror should have had a newer one; stable suites set none.</param>
/// <param name="AcquireByHash">
/// Indexes are also served under their hash, so that a mirror's update does not race with the download.
/// </param>
public sealed record ReleaseFile(
    string Suite, string Codename, DateTimeOffset? ValidUntil, bool AcquireByHash,
    IReadOnlyDictionary<string, IndexFile> Files)
{
    public static ReleaseFile Parse(string signedText)
    {
        var stanza = Deb822.Read(
            new StringReader(signedText), "Suite", "Codename", "Valid-Until", "Acquire-By-Hash", "SHA256")
            .FirstOrDefault() ?? new Dictionary<string, string>();
        string Field(string name) => stanza.GetValueOrDefault(name, "");
        return new ReleaseFile(
            Field("Suite"), Field("Codename"), Date(Field("Valid-Until")), Field("Acquire-By-Hash") == "yes",
            IndexFiles(Field("SHA256")));
    }

    /// <summary>
    /// Whether this is the suite that was asked for, by its name (<c>stable</c>) or codename (<c>trixie</c>).
    /// </summary>
    public bool Is(string suite) => suite == Suite || suite == Codename;

    // "Sat, 28 Nov 2026 02:10:46 UTC"; the day may have one digit.
    private static DateTimeOffset? Date(string text) => DateTimeOffset.TryParseExact(
        text, "ddd, d MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
        out var date)
        ? date : null;

    private static Dictionary<string, IndexFile> IndexFiles(string lines)
    {
        var files = new Dictionary<string, IndexFile>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var sha256, var size, var path]
                && Hashes.IsSha256(sha256)
                && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            {
                files[path] = new IndexFile(sha256, bytes);
            }
        }
        return files;
    }
}
