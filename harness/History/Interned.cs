using Microsoft.Data.Sqlite;

namespace Harness.History;

/// <summary>
/// A table in which each text, or group of texts, has one row and a number. It is small, so it is held in memory.
/// </summary>
internal sealed class Interned
{
    private const char Separator = '\u001f';

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly string _insert;
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);

    /// <param name="table">A table of the schema; never text from a document, and likewise the columns.</param>
    public Interned(SqliteConnection connection, SqliteTransaction transaction, string table, params string[] columns)
    {
        (_connection, _transaction) = (connection, transaction);
        var names = string.Join(", ", columns);
        var values = string.Join(", ", columns.Select(c => $"${c}"));
        _insert = $"INSERT INTO {table}({names}) VALUES ({values}) RETURNING id";
        Columns = columns;
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT id, {names} FROM {table}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            _ids[Key([.. columns.Select((_, i) => reader.GetString(i + 1))])] = reader.GetInt64(0);
        }
    }

    private IReadOnlyList<string> Columns { get; }

    public long IdOf(params string[] values)
    {
        if (_ids.TryGetValue(Key(values), out var id))
        {
            return id;
        }
        using var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = _insert;
        foreach (var (column, value) in Columns.Zip(values))
        {
            command.Parameters.AddWithValue($"${column}", value);
        }
        return _ids[Key(values)] = (long)command.ExecuteScalar()!;
    }

    private static string Key(string[] values) => string.Join(Separator, values);
}
