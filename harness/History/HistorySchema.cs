namespace Harness.History;

/// <summary>
/// The store's tables. A kernel usually gives the same answers every night, so a set of answers is stored once, and
/// each result refers to its set: a year of nights needs as much space as what changed in that year. No row depends on
/// the order in which runs were added, so a run can be replaced or added late.
/// </summary>
internal static class HistorySchema
{
    /// <summary>
    /// SQLite's <c>user_version</c>. A store of another version must be rebuilt; all of it comes from results.json.
    /// </summary>
    public const int Version = 1;

    public const string Sql = """
        CREATE TABLE run(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, directory TEXT NOT NULL,
            started TEXT NOT NULL, finished TEXT NOT NULL, complete INTEGER NOT NULL,
            matrix TEXT NOT NULL, accel TEXT NOT NULL, harness TEXT NOT NULL);
        CREATE TABLE kernel(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, arch TEXT NOT NULL,
            UNIQUE(name, version, arch));
        CREATE TABLE image(id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE);
        CREATE TABLE prober(id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE);
        CREATE TABLE cases(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE verdict(
            id INTEGER PRIMARY KEY, want TEXT NOT NULL, status TEXT NOT NULL, outcome TEXT NOT NULL,
            step TEXT NOT NULL, errno TEXT NOT NULL,
            UNIQUE(want, status, outcome, step, errno));
        CREATE TABLE result(
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            kernel INTEGER NOT NULL REFERENCES kernel, image INTEGER REFERENCES image,
            status TEXT NOT NULL, unexpected INTEGER NOT NULL, seconds REAL NOT NULL,
            UNIQUE(run, kernel));
        CREATE TABLE answers(
            id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, pass INTEGER NOT NULL, fail INTEGER NOT NULL,
            skip INTEGER NOT NULL, error INTEGER NOT NULL, flaky INTEGER NOT NULL);
        CREATE TABLE answer(
            answers INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE,
            cases INTEGER NOT NULL REFERENCES cases, verdict INTEGER NOT NULL REFERENCES verdict,
            PRIMARY KEY(answers, cases)) WITHOUT ROWID;
        CREATE TABLE result_answers(
            result INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
            prober INTEGER NOT NULL REFERENCES prober, answers INTEGER NOT NULL REFERENCES answers,
            PRIMARY KEY(result, prober)) WITHOUT ROWID;
        CREATE INDEX result_answers_answers ON result_answers(answers);
        """;

    /// <summary>
    /// Results that are no kernel's: each stands in the place of kernels that could not be looked for; and results that
    /// a run took over from an earlier one. Older harnesses made stores without these tables, and read those with them,
    /// so a store gets them with the next run that is added.
    /// </summary>
    public const string Further = """
        CREATE TABLE IF NOT EXISTS stand_in(
            result INTEGER PRIMARY KEY REFERENCES result ON DELETE CASCADE);
        CREATE TABLE IF NOT EXISTS known(
            result INTEGER PRIMARY KEY REFERENCES result ON DELETE CASCADE, run TEXT NOT NULL, measured TEXT NOT NULL);
        """;
}
