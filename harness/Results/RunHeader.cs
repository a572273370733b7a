using System.Text.Json;

namespace Harness.Results;

/// <summary>
/// What says which run it was. It is read without the run's results, which may be tens of megabytes.
/// </summary>
/// <param name="Complete">It came to its end.</param>
/// <param name="Matrix">The matrix file's name, or <c>images</c>.</param>
public sealed record RunHeader(string Id, DateTimeOffset StartedAt, bool Complete, string Matrix)
{
    /// <summary>
    /// Bytes of a file that hold <c>run</c> as this harness writes it; where they do not, the whole file is read.
    /// </summary>
    private const int HeadLength = 1 << 18;

    /// <summary>
    /// From the results, or from the journal of a run that has none; <c>null</c> when neither can be read.
    /// </summary>
    public static RunHeader? Read(RunDirectoryEntry directory)
    {
        try
        {
            if (directory.HasResults)
            {
                var info = FromHead(Path.Combine(directory.Path, ResultsFile.Name))
                    ?? ResultsFile.Read(directory.Path).Run;
                return new RunHeader(info.Id, info.StartedAt, info.Complete, info.Matrix);
            }
            var journal = Path.Combine(directory.Path, Journal.Name);
            using var reader = new StreamReader(Files.OpenRegular(journal, share: FileShare.ReadWrite));
            var request = JsonSerializer.Deserialize(reader.ReadLine() ?? "", ResultsJson.Default.JournalLine)?.Request;
            return request is null ? null : new RunHeader(
                request.RunId, request.StartedAt, false, request.Matrix is { } m ? Path.GetFileName(m) : "images");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ResultsException)
        {
            return null;
        }
    }

    /// <summary>The value of <c>run</c>, when it lies whole in the file's beginning.</summary>
    private static RunInfo? FromHead(string path)
    {
        using var file = Files.OpenRegular(path);
        var head = new byte[HeadLength];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        try
        {
            var json = new Utf8JsonReader(head.AsSpan(0, length), isFinalBlock: false, default);
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1
                    && json.ValueTextEquals("run"))
                {
                    json.Read();
                    return JsonSerializer.Deserialize(ref json, ResultsJson.Default.RunInfo);
                }
                if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1
                    && json.ValueTextEquals("kernels"))
                {
                    return null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The beginning is cut off or damaged; reading the whole file tells which.
        }
        return null;
    }
}
