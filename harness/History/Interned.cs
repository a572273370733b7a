using Microsoft.Data.Sqlite;

namespace Harness.History;

/// <summary>A table of texts that are kept once, each row under its number; it is small enough to be known whole.</summary>
internal sealed class Interned
{
    private const char Separator = '\u001f';

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly string _insert;
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);

    /// <param name="table">A name of the schema's, as the columns are: never text from a document.</param>
    public Interned(SqliteConnection connection, SqliteTransaction transaction, string table, params string[] columns)
    {
        (_connection, _transaction) = (connection, transaction);
        var names = string.Join(", ", columns);
        _insert = $"INSERT INTO {table}({names}) VALUES ({string.Join(", ", columns.Select(c => $"${c}"))}) RETURNING id";
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
