using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Harness.Probes;
using Harness.Results;
using Microsoft.Data.Sqlite;

namespace Harness.History;

/// <summary>Writes one run into the store, in the caller's transaction.</summary>
internal sealed class HistoryWriter(SqliteConnection connection, SqliteTransaction transaction)
{
    private readonly Interned _kernels = new(connection, transaction, "kernel", "name", "version", "arch");
    private readonly Interned _images = new(connection, transaction, "image", "sha256");
    private readonly Interned _probers = new(connection, transaction, "prober", "sha256");
    private readonly Interned _cases = new(connection, transaction, "cases", "name");
    private readonly Interned _verdicts =
        new(connection, transaction, "verdict", "want", "status", "outcome", "step", "errno");

    public void Write(RunDocument document, string directory, ProbeList probes)
    {
        var info = document.Run;
        Run("DELETE FROM run WHERE name = $p0", info.Id);
        var run = Run("""
            INSERT INTO run(name, directory, started, finished, complete, matrix, accel, harness)
            VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6, $p7) RETURNING id
            """, info.Id, directory, Time(info.StartedAt), Time(info.FinishedAt), info.Complete,
            info.Matrix, info.Accel, info.Harness)!.Value;
        var programs = new MeasuringPrograms(info, probes);
        foreach (var kernel in document.Kernels)
        {
            Write(run, kernel, programs);
        }
        // Sets of answers that only the replaced run had.
        Run("DELETE FROM answers WHERE id NOT IN (SELECT answers FROM result_answers)");
    }

    private void Write(long run, KernelResult kernel, MeasuringPrograms programs)
    {
        var image = kernel.Sha256 is null ? default(long?) : _images.IdOf(kernel.Sha256);
        var result = Run("""
            INSERT INTO result(run, kernel, image, status, unexpected, seconds)
            VALUES ($p0, $p1, $p2, $p3, $p4, $p5) RETURNING id
            """, run, _kernels.IdOf(kernel.Id, kernel.Version ?? "", kernel.Arch), image,
            Name(kernel.Status),
            kernel.Cases.Count(c => !c.AsExpected) + kernel.Complaints.Count(c => !c.AsExpected)
                + (kernel.MeasuredAgain?.Changed.Count ?? 0),
            kernel.Seconds);
        if (kernel.StandsFor is not null)
        {
            Run("INSERT INTO stand_in(result) VALUES ($p0)", result);
        }
        if (kernel.Known is { } known)
        {
            Run("INSERT INTO known(result, run, measured) VALUES ($p0, $p1, $p2)", result, known.Run,
                Time(known.MeasuredAt));
        }
        foreach (var probed in kernel.Cases.GroupBy(c => programs.Of(c.Id)))
        {
            Run("INSERT INTO result_answers(result, prober, answers) VALUES ($p0, $p1, $p2)", result,
                _probers.IdOf(probed.Key), AnswersOf([.. probed]));
        }
    }

    /// <summary>The number of the set of exactly these answers; on most nights, the store has it already.</summary>
    private long AnswersOf(IReadOnlyList<CaseResult> results)
    {
        var answers = results.Select(r => new StoredAnswer(_cases.IdOf(r.Id), VerdictOf(r)))
            .OrderBy(a => a.Case).ToList();
        var digest = Digest(answers);
        if (Run("SELECT id FROM answers WHERE digest = $p0", digest) is { } known)
        {
            return known;
        }
        var id = Run("""
            INSERT INTO answers(digest, pass, fail, skip, error, flaky)
            VALUES ($p0, $p1, $p2, $p3, $p4, $p5) RETURNING id
            """, digest, Count(CaseStatus.Pass), Count(CaseStatus.Fail), Count(CaseStatus.Skip),
            Count(CaseStatus.Error), Count(CaseStatus.Flaky))!.Value;
        Insert(id, answers);
        return id;

        int Count(CaseStatus status) => results.Count(r => r.Status == status);
    }

    private long VerdictOf(CaseResult result) => _verdicts.IdOf(
        Name(result.Want), Name(result.Status), result.Outcome is { } outcome ? Name(outcome) : "",
        result.Step ?? "", result.Errno ?? "");

    private void Insert(long set, List<StoredAnswer> answers)
    {
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO answer(answers, cases, verdict) VALUES ($answers, $case, $verdict)";
        insert.Parameters.AddWithValue("$answers", set);
        var caseId = insert.Parameters.Add("$case", SqliteType.Integer);
        var verdict = insert.Parameters.Add("$verdict", SqliteType.Integer);
        foreach (var answer in answers)
        {
            (caseId.Value, verdict.Value) = (answer.Case, answer.Verdict);
            insert.ExecuteNonQuery();
        }
    }

    private static byte[] Digest(List<StoredAnswer> answers)
    {
        var bytes = new byte[answers.Count * 16];
        for (var i = 0; i < answers.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * 16), answers[i].Case);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((i * 16) + 8), answers[i].Verdict);
        }
        return SHA256.HashData(bytes);
    }

    private long? Run(string sql, params object?[] values)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"$p{i}");
            command.Parameters.AddWithValue(name, values[i] ?? DBNull.Value);
        }
        return command.ExecuteScalar() as long?;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(HistoryReader.TimeFormat, CultureInfo.InvariantCulture);
}
