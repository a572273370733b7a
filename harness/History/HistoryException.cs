using Microsoft.Data.Sqlite;

namespace Harness.History;

/// <summary>The store cannot be used. The message names its file and the remedy.</summary>
/// <param name="isDamaged">The file is no sound store; otherwise it is sound but out of reach.</param>
public sealed class HistoryException(string message, bool isDamaged, Exception? inner = null)
    : HarnessException(message, ExitCodes.Usage, inner)
{
    /// <summary>Only a rebuild helps.</summary>
    public bool IsDamaged { get; } = isDamaged;

    internal static HistoryException Damaged(string path, string why, Exception? inner = null) =>
        new($"{path}: is damaged ({why}); `harness history --rebuild` makes it anew from the run directories",
            isDamaged: true, inner);

    internal static HistoryException From(string path, Exception e) => e is not SqliteException sqlite
        ? Damaged(path, FirstLine(e), e) // A value that no harness writes.
        : (sqlite.SqliteErrorCode & 0xff) switch
        {
            // SQLITE_ERROR (a missing table or column), SQLITE_CORRUPT, SQLITE_CONSTRAINT, SQLITE_MISMATCH,
            // SQLITE_NOTADB.
            1 or 11 or 19 or 20 or 26 => Damaged(path, FirstLine(e), e),
            // SQLITE_BUSY, SQLITE_LOCKED.
            5 or 6 => new HistoryException($"{path}: another process holds it; try again", isDamaged: false, e),
            _ => new HistoryException($"{path}: {FirstLine(e)}", isDamaged: false, e),
        };

    /// <summary>SQLite's own words: what stands in quotes in "SQLite Error 26: 'file is not a database'."</summary>
    private static string FirstLine(Exception e)
    {
        var line = e.Message.Split('\n')[0].Trim();
        var quoted = line.Split('\'');
        return e is SqliteException && quoted.Length > 2 ? string.Join('\'', quoted[1..^1]) : line;
    }
}
