using System.Text.Json;

namespace Harness.Results;

/// <summary>A results file that cannot be used; the message names the file and the place.</summary>
public sealed class ResultsException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads and writes <c>results.json</c>.</summary>
public static class ResultsFile
{
    public const string Name = "results.json";

    /// <summary>Writes through a temporary file, so that a reader sees the old document or the new one.</summary>
    public static void Write(string path, RunDocument document)
    {
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, document, ResultsJson.Indented.RunDocument);
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <param name="path">The file, or the run directory that holds it.</param>
    /// <exception cref="ResultsException">It is missing, damaged, or of another schema version.</exception>
    public static RunDocument Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, Name) : path;
        try
        {
            var bytes = File.ReadAllBytes(file);
            RequireKnownVersion(file, bytes);
            var document = JsonSerializer.Deserialize(bytes, ResultsJson.Default.RunDocument)
                ?? throw new ResultsException($"{file}: holds no run");
            RequireConsistent(file, document);
            return document;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException(e is FileNotFoundException or DirectoryNotFoundException
                ? $"{file}: no such file; give a run directory or its {Name}" : $"{file}: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new ResultsException($"{file}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: at {e.Path ?? "$"}: {FirstSentence(e)}", e);
        }
    }

    private static void RequireKnownVersion(string file, byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("schemaVersion", out var version) || !version.TryGetInt32(out var number))
        {
            throw new ResultsException($"{file}: at $.schemaVersion: missing; this is no {Name}");
        }
        if (number != RunDocument.CurrentSchemaVersion)
        {
            throw new ResultsException(
                $"{file}: at $.schemaVersion: {number} is not known; this harness reads version {RunDocument.CurrentSchemaVersion}");
        }
    }

    /// <summary>What the types cannot say: ids are unique, and no verdict stands without its evidence.</summary>
    private static void RequireConsistent(string file, RunDocument document)
    {
        var kernels = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (kernel, i) in document.Kernels.Select((k, i) => (k, i)))
        {
            if (!kernels.Add(kernel.Id))
            {
                throw new ResultsException($"{file}: at $.kernels[{i}].id: '{kernel.Id}' stands twice");
            }
            var cases = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (result, j) in kernel.Cases.Select((c, j) => (c, j)))
            {
                var at = $"{file}: at $.kernels[{i}].cases[{j}]";
                if (!cases.Add(result.Id))
                {
                    throw new ResultsException($"{at}.id: '{result.Id}' stands twice");
                }
                var verdict = result.Status is CaseStatus.Pass or CaseStatus.Fail;
                if (verdict && (result.Outcome is null || (result.Status == CaseStatus.Pass) != (result.Outcome == result.Want)))
                {
                    throw new ResultsException($"{at}.status: contradicts the outcome");
                }
            }
        }
    }

    private static string FirstSentence(JsonException e)
    {
        var end = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}
