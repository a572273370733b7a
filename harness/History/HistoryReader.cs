using System.Globalization;
using Harness.Results;
using Microsoft.Data.Sqlite;

namespace Harness.History;

/// <summary>Reads the store: runs and results all at once, a set of answers when it is first needed.</summary>
/// <param name="guard">Turns SQLite's exceptions into <see cref="HistoryException"/>, for later reads as well.</param>
internal sealed class HistoryReader(
    SqliteConnection connection, Func<Func<IReadOnlyList<StoredAnswer>>, IReadOnlyList<StoredAnswer>> guard)
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public StoredHistory Read()
    {
        var results = Results(Answers());
        var runs = Rows("SELECT id, name, directory, started, complete, matrix, accel FROM run ORDER BY started, name",
            r => new StoredRun(r.GetString(1), r.GetString(2), Time(r.GetString(3)), r.GetBoolean(4),
                r.GetString(5), r.GetString(6), [.. results[r.GetInt64(0)]]));
        var cases = Rows("SELECT id, name FROM cases", r => (Id: r.GetInt64(0), Name: r.GetString(1)))
            .ToDictionary(c => c.Id, c => c.Name);
        var verdicts = Rows("SELECT id, want, status, outcome, step, errno FROM verdict",
            r => (Id: r.GetInt64(0), Verdict: Verdict(r))).ToDictionary(v => v.Id, v => v.Verdict);
        return new StoredHistory(runs, cases, verdicts, set => guard(() => AnswersOf(set)));
    }

    /// <summary>Which prober gave which set of answers, by the number of the result.</summary>
    private ILookup<long, ProbedAnswers> Answers()
    {
        const string Sql = """
            SELECT r.result, p.sha256, a.id, a.pass, a.fail, a.skip, a.error, a.flaky
            FROM result_answers r JOIN prober p ON p.id = r.prober JOIN answers a ON a.id = r.answers
            """;
        return Rows(Sql, r => (Result: r.GetInt64(0), Answers: new ProbedAnswers(r.GetString(1), Set(r))))
            .ToLookup(a => a.Result, a => a.Answers);

        static AnswerSet Set(SqliteDataReader r) => new(
            r.GetInt64(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7));
    }

    /// <summary>The results, by the number of the run.</summary>
    private ILookup<long, StoredResult> Results(ILookup<long, ProbedAnswers> answers)
    {
        const string Sql = """
            SELECT r.run, r.id, k.name, k.version, k.arch, i.sha256, r.status, r.unexpected
            FROM result r JOIN kernel k ON k.id = r.kernel LEFT JOIN image i ON i.id = r.image ORDER BY r.id
            """;
        var (standIns, known) = (StandIns(), Known());
        return Rows(Sql, r => (Run: r.GetInt64(0), Result: Result(r))).ToLookup(r => r.Run, r => r.Result);

        StoredResult Result(SqliteDataReader r) => new(
            r.GetString(2), OrNull(r.GetString(3)), r.GetString(4), r.IsDBNull(5) ? null : r.GetString(5),
            Parse<KernelStatus>(r.GetString(6)), r.GetInt32(7), [.. answers[r.GetInt64(1)]])
        {
            IsStandIn = standIns.Contains(r.GetInt64(1)),
            Known = known.GetValueOrDefault(r.GetInt64(1)),
        };
    }

    /// <summary>The numbers of results that are no kernel's; none in a store that knows nothing of them.</summary>
    private HashSet<long> StandIns() =>
        HasTable("stand_in") ? [.. Rows("SELECT result FROM stand_in", r => r.GetInt64(0))] : [];

    /// <summary>Where results are from that their runs did not measure, by their numbers.</summary>
    private Dictionary<long, KnownFrom> Known() => HasTable("known")
        ? Rows("SELECT result, run, measured FROM known",
            r => (Result: r.GetInt64(0), From: new KnownFrom(r.GetString(1), Time(r.GetString(2)))))
            .ToDictionary(k => k.Result, k => k.From)
        : [];

    private bool HasTable(string name) =>
        Rows($"SELECT 1 FROM sqlite_schema WHERE name = '{name}'", r => r.GetInt64(0)).Count > 0;

    private static StoredVerdict Verdict(SqliteDataReader r) => new(
        Parse<Outcome>(r.GetString(1)), Parse<CaseStatus>(r.GetString(2)),
        OrNull(r.GetString(3)) is { } outcome ? Parse<Outcome>(outcome) : null,
        OrNull(r.GetString(4)), OrNull(r.GetString(5)));

    private List<StoredAnswer> AnswersOf(long set)
    {
        var number = set.ToString(CultureInfo.InvariantCulture);
        return Rows($"SELECT cases, verdict FROM answer WHERE answers = {number} ORDER BY cases",
            r => new StoredAnswer(r.GetInt64(0), r.GetInt64(1)));
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <exception cref="FormatException">No harness writes such a name: the store is damaged.</exception>
    private static T Parse<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value)
            ? value
            : throw new FormatException($"'{name}' is no {typeof(T).Name}");

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
