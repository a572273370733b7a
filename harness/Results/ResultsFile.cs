using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Harness.Results;

/// <summary>A results file that cannot be used; the message names the file and the place.</summary>
public sealed class ResultsException(string message, Exception? inner = null)
    : HarnessException(message, ExitCodes.Usage, inner);

/// <summary>Reads and writes <c>results.json</c>.</summary>
public static class ResultsFile
{
    public const string Name = "results.json";

    /// <summary>In bytes.</summary>
    private const int HeadLength = 1 << 12;

    /// <summary>In seconds: 31 years.</summary>
    private const double LongestDuration = 1e9;

    /// <summary>Writes through a temporary file, so that a reader sees the old document or the new one.</summary>
    public static void Write(string path, RunDocument document) => Files.Replace(
        path,
        file =>
        {
            JsonSerializer.Serialize(file, document, ResultsJson.Indented.RunDocument);
            file.WriteByte((byte)'\n');
        },
        durable: true);

    /// <param name="path">The file, or the run directory that holds it.</param>
    /// <param name="pool">
    /// Keeps what the file and others have in common; <c>null</c> for a file that is read alone.
    /// </param>
    /// <exception cref="ResultsException">It is missing, damaged, or of another schema version.</exception>
    public static RunDocument Read(string path, ResultPool? pool = null)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, Name) : path;
        try
        {
            if (Files.IsSpecial(file))
            {
                throw new ResultsException($"{file}: is no regular file");
            }
            RequireKnownVersion(file);
            var document = Deserialize(file, pool ?? new ResultPool())
                ?? throw new ResultsException($"{file}: holds no run");
            RequireConsistent(file, document);
            return document;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException(e is FileNotFoundException or DirectoryNotFoundException
                ? $"{file}: no such file; give a run directory or its {Name}" : $"{file}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ResultsException($"{file}: holds a text that is no Unicode: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new ResultsException(
                $"{file}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: at {e.Path ?? "$"}: {FirstSentence(e)}", e);
        }
    }

    /// <summary>Reads piece by piece: a run of thousands of kernels is larger than an array can be.</summary>
    private static RunDocument? Deserialize(string file, ResultPool pool)
    {
        using var stream = File.OpenRead(file);
        try
        {
            return JsonSerializer.Deserialize(stream, ResultsJson.Sharing(pool).RunDocument);
        }
        catch (JsonException)
        {
            // The results of a kernel are read on their own there, so that the exception names a place in them only.
            stream.Position = 0;
            return JsonSerializer.Deserialize(stream, ResultsJson.Default.RunDocument);
        }
    }

    private static void RequireKnownVersion(string file)
    {
        if ((SchemaVersion(Head(file), isWhole: false) ?? SchemaVersion(File.ReadAllBytes(file), isWhole: true))
            is not { } number)
        {
            throw new ResultsException($"{file}: at $.schemaVersion: missing; this is no {Name}");
        }
        if (number != RunDocument.CurrentSchemaVersion)
        {
            throw new ResultsException(
                $"{file}: at $.schemaVersion: {number} is not known; "
                + $"this harness reads version {RunDocument.CurrentSchemaVersion}");
        }
    }

    /// <summary>The beginning of a file; the harness writes the version first.</summary>
    private static byte[] Head(string file)
    {
        using var stream = File.OpenRead(file);
        var head = new byte[HeadLength];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Reads no more than the field needs: a run of many kernels is tens of megabytes.</summary>
    private static int? SchemaVersion(byte[] bytes, bool isWhole)
    {
        var json = new Utf8JsonReader(bytes, isWhole, default);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var found = json.ValueTextEquals("schemaVersion"u8);
            if (!json.Read())
            {
                return null;
            }
            if (found)
            {
                return json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number) ? number : null;
            }
            if (!json.TrySkip())
            {
                return null;
            }
        }
        return null;
    }

    /// <summary>
    /// Checks what the types cannot say: no list holds a null, ids are unique, and a verdict agrees with its outcome.
    /// </summary>
    private static void RequireConsistent(string file, RunDocument document)
    {
        RequireNoHoles(file, "$.run.notes", document.Run.Notes);
        RequireNoHoles(file, "$.run.caseGlobs", document.Run.CaseGlobs);
        RequireNoHoles(file, "$.run.probes", document.Run.Probes);
        foreach (var fact in document.Run.Facts?.Values ?? [])
        {
            RequireText(fact);
        }
        RequireNoHoles(file, "$.kernels", document.Kernels);
        RequireNoHoles(file, "$.ranges", document.Ranges);
        RequireNoHoles(file, "$.transitions", document.Transitions);
        foreach (var (range, i) in document.Ranges.Select((r, i) => (r, i)))
        {
            RequireNoHoles(file, $"$.ranges[{i}].segments", range.Segments);
        }
        if (document.Baseline is { } baseline)
        {
            RequireNoHoles(file, baseline);
        }
        var kernels = new HashSet<string>(StringComparer.Ordinal);
        RequireConsistent(file, "$.kernels", document.Kernels, kernels);
        if (document.Shard is { } shard)
        {
            if (shard.Index < 1 || shard.Index > shard.Of)
            {
                throw new ResultsException($"{file}: at $.shard.index: is no share of $.shard.of");
            }
            RequireNoHoles(file, "$.shard.elsewhere", shard.Elsewhere);
            RequireConsistent(file, "$.shard.elsewhere", shard.Elsewhere, kernels);
        }
    }

    /// <param name="ids">Those that stand in the file before; those of the rows are added.</param>
    private static void RequireConsistent(
        string file, string path, IReadOnlyList<KernelResult> rows, HashSet<string> ids)
    {
        foreach (var (kernel, i) in rows.Select((k, i) => (k, i)))
        {
            if (!ids.Add(kernel.Id))
            {
                throw new ResultsException($"{file}: at {path}[{i}].id: '{kernel.Id}' stands twice");
            }
            RequireConsistent(file, $"{path}[{i}]", kernel);
        }
    }

    /// <summary>Checks of one kernel what the types cannot say.</summary>
    /// <exception cref="ResultsException">A list holds a null, or a case contradicts itself or another.</exception>
    internal static void RequireConsistent(string file, string path, KernelResult kernel)
    {
        RequireNoHoles(file, $"{path}.cases", kernel.Cases);
        RequireNoHoles(file, $"{path}.complaints", kernel.Complaints);
        RequireNoHoles(file, $"{path}.retries", kernel.Retries ?? []);
        RequireDuration(file, $"{path}.seconds", kernel.Seconds);
        RequireDuration(file, $"{path}.bootSeconds", kernel.BootSeconds);
        RequireDuration(file, $"{path}.buildSeconds", kernel.BuildSeconds);
        RequireDuration(file, $"{path}.probeSeconds", kernel.ProbeSeconds);
        foreach (var (j, retry) in (kernel.Retries ?? []).Index())
        {
            RequireDuration(file, $"{path}.retries[{j}].waitSeconds", retry.WaitSeconds);
        }
        if (kernel.ReusedFrom is null != kernel.MeasuredAt is null)
        {
            var missing = kernel.ReusedFrom is null ? "reusedFrom" : "measuredAt";
            throw new ResultsException($"{file}: at {path}.{missing}: missing, and its neighbour is there");
        }
        RequireTimes(file, $"{path}.caseStarts", kernel.CaseStarts, kernel.Cases.Count);
        RequireTimes(file, $"{path}.caseSeconds", kernel.CaseSeconds, kernel.Cases.Count);
        var cases = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (result, j) in kernel.Cases.Select((c, j) => (c, j)))
        {
            var at = $"{file}: at {path}.cases[{j}]";
            RequireNoHoles(file, $"{path}.cases[{j}].attempts", result.Attempts ?? []);
            if (!cases.Add(result.Id))
            {
                throw new ResultsException($"{at}.id: '{result.Id}' stands twice");
            }
            if (Encoding.UTF8.GetByteCount(result.Evidence ?? "") > CaseEvidence.MostBytes)
            {
                throw new ResultsException(string.Create(
                    CultureInfo.InvariantCulture, $"{at}.evidence: is longer than {CaseEvidence.MostBytes} bytes"));
            }
            var verdict = result.Status is CaseStatus.Pass or CaseStatus.Fail;
            var asWanted = result.Outcome == result.Want;
            if (verdict && (result.Outcome is null || (result.Status == CaseStatus.Pass) != asWanted))
            {
                throw new ResultsException($"{at}.status: contradicts the outcome");
            }
        }
    }

    /// <summary>
    /// JSON has numbers that are too large for a double, or for a time that lies so long after another.
    /// </summary>
    private static void RequireDuration(string file, string path, double? number)
    {
        if (number is { } seconds && !(Math.Abs(seconds) <= LongestDuration))
        {
            var what = double.IsFinite(seconds) ? "duration" : "finite number";
            throw new ResultsException($"{file}: at {path}: is no {what}");
        }
    }

    private static void RequireTimes(string file, string path, IReadOnlyList<double?>? times, int cases)
    {
        if (times is not null && times.Count != cases)
        {
            throw new ResultsException($"{file}: at {path}: has {times.Count} values for {cases} cases");
        }
        foreach (var (i, seconds) in (times ?? []).Index())
        {
            RequireDuration(file, $"{path}[{i}]", seconds);
        }
    }

    /// <summary>
    /// Checks facts that have no type here: each text is one. Whoever reads it later has no file to name. What else
    /// they must be, their probe knows.
    /// </summary>
    /// <exception cref="InvalidOperationException">A text is no Unicode.</exception>
    private static void RequireText(JsonElement fact)
    {
        if (fact.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in fact.EnumerateArray())
            {
                RequireText(item);
            }
        }
        else if (fact.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in fact.EnumerateObject())
            {
                _ = property.Name; // Decodes it, as GetString does a text.
                RequireText(property.Value);
            }
        }
        else if (fact.ValueKind == JsonValueKind.String)
        {
            _ = fact.GetString();
        }
    }

    private static void RequireNoHoles(string file, RunChanges baseline)
    {
        RequireNoHoles(file, "$.baseline.notes", baseline.Notes);
        RequireNoHoles(file, "$.baseline.kernels", baseline.Kernels);
        RequireNoHoles(file, "$.baseline.replacements", baseline.Replacements);
        RequireNoHoles(file, "$.baseline.cases", baseline.Cases);
        foreach (var (replacement, i) in baseline.Replacements.Select((r, i) => (r, i)))
        {
            RequireNoHoles(file, $"$.baseline.replacements[{i}].cases", replacement.Cases);
        }
        var lists = baseline.Replacements.Select((r, i) => ($"replacements[{i}].cases", r.Cases));
        foreach (var (at, cases) in lists.Append(("cases", baseline.Cases)))
        {
            foreach (var (change, i) in cases.Select((c, i) => (c, i)))
            {
                RequireNoHoles(file, $"$.baseline.{at}[{i}].kernels", change.Kernels);
            }
        }
    }

    private static void RequireNoHoles<T>(string file, string path, IReadOnlyList<T> list)
        where T : class
    {
        var hole = list.Index().FirstOrDefault(item => item.Item is null, (Index: -1, Item: null!)).Index;
        if (hole >= 0)
        {
            throw new ResultsException($"{file}: at {path}[{hole}]: null stands where a value must");
        }
    }

    private static string FirstSentence(JsonException e)
    {
        var end = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}
