using System.Globalization;
using Harness.Probes;
using Harness.Results;
using Microsoft.Data.Sqlite;

namespace Harness.History;

/// <summary>
/// <c>results/history.db</c>: what every run found, so that a question about many runs need not read them all. It is
/// made from the runs' <c>results.json</c> and can be rebuilt from them; no run depends on it.
/// </summary>
public sealed class HistoryStore : IDisposable
{
    public const string Name = "history.db";

    /// <summary>Seconds to wait while another process writes; adding a run takes less than one.</summary>
    private const int WaitSeconds = 5;

    private readonly SqliteConnection _connection;

    private HistoryStore(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
    }

    public string Path { get; }

    /// <summary>Opens the store to write, and makes it when there is none.</summary>
    /// <exception cref="HistoryException">It is damaged, locked, or cannot be written.</exception>
    public static HistoryStore Open(string path) => Open(path, SqliteOpenMode.ReadWriteCreate);

    /// <summary>Opens the store that is there.</summary>
    /// <exception cref="HistoryException">It is missing, damaged, locked, or cannot be read.</exception>
    public static HistoryStore OpenExisting(string path) => File.Exists(path)
        ? Open(path, SqliteOpenMode.ReadWrite)
        : throw new HistoryException(
            $"{path}: no such file; it comes with the first run, or from `harness history --rebuild`",
            isDamaged: false);

    /// <summary>Adds a run in one transaction. A run of the same id is replaced.</summary>
    /// <param name="directory">The run directory's name.</param>
    /// <exception cref="HistoryException">It is damaged, locked, or cannot be written.</exception>
    public void Append(RunDocument document, string directory, ProbeList probes) => Guard(() =>
    {
        using var transaction = _connection.BeginTransaction();
        Scalar(HistorySchema.Further, transaction);
        new HistoryWriter(_connection, transaction).Write(document, directory, probes);
        transaction.Commit();
    });

    /// <exception cref="HistoryException">It is damaged, locked, or cannot be read.</exception>
    public StoredHistory Read() => Guard(() => new HistoryReader(_connection, Guard).Read());

    /// <summary>Checks every page of the file, which opening does not do.</summary>
    /// <exception cref="HistoryException">It is damaged.</exception>
    public void RequireSound()
    {
        var answer = Guard(() => (string?)Scalar("PRAGMA quick_check(1)"));
        if (answer != "ok")
        {
            throw HistoryException.Damaged(Path, answer?.Split('\n')[0] ?? "no answer to quick_check");
        }
    }

    public void Dispose() => _connection.Dispose();

    private static HistoryStore Open(string path, SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            ForeignKeys = true,
            DefaultTimeout = WaitSeconds,
            Pooling = false, // A pooled connection would keep the file open after it was closed.
        };
        var store = new HistoryStore(path, new SqliteConnection(settings.ConnectionString));
        try
        {
            store.Guard(store.Prepare);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private void Prepare()
    {
        _connection.Open();
        // Tables first, then the version: another process may be making the store, and commits both at once.
        var isEmpty = IsEmpty();
        var found = Convert.ToInt32(Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (isEmpty && (found is 0 or HistorySchema.Version))
        {
            // With a write-ahead log, readers and a writer do not wait for each other. The file keeps the mode.
            Scalar("PRAGMA journal_mode = WAL");
            using var transaction = _connection.BeginTransaction();
            // Another process may have made the tables in the meantime.
            if (IsEmpty(transaction))
            {
                Scalar(HistorySchema.Sql, transaction);
                var version = HistorySchema.Version.ToString(CultureInfo.InvariantCulture);
                Scalar($"PRAGMA user_version = {version}", transaction);
            }
            transaction.Commit();
        }
        else if (found != HistorySchema.Version)
        {
            throw HistoryException.Damaged(Path,
                $"its schema version {found} is not known; this harness reads version {HistorySchema.Version}");
        }
    }

    private bool IsEmpty(SqliteTransaction? transaction = null) =>
        Convert.ToInt32(Scalar("SELECT count(*) FROM sqlite_schema", transaction), CultureInfo.InvariantCulture) == 0;

    private object? Scalar(string sql, SqliteTransaction? transaction = null)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar();
    }

    private void Guard(Action action) => Guard(() =>
    {
        action();
        return true;
    });

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or FormatException
            or InvalidOperationException or KeyNotFoundException)
        {
            throw HistoryException.From(Path, e);
        }
    }
}
