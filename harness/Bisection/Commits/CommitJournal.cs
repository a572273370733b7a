using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>
/// The bisection's <c>steps.jsonl</c>: a line for the question, then one for each step as soon as it is done. After a
/// kill, the same command goes on and repeats no step.
/// </summary>
public sealed class CommitJournal
{
    public const string Name = "steps.jsonl";

    private readonly string _path;
    private readonly List<CommitStep> _steps = [];

    private CommitJournal(string path) => _path = path;

    public IReadOnlyList<CommitStep> Steps => _steps;

    /// <summary>Starts a journal, or goes on with one that is about the same question.</summary>
    /// <param name="question">A hash of the question: case, ends, options, configuration.</param>
    /// <exception cref="BisectionException">The directory's bisection is about something else.</exception>
    public static CommitJournal Open(string directory, string question)
    {
        Directory.CreateDirectory(directory);
        var journal = new CommitJournal(Path.Combine(directory, Name));
        var head = JsonSerializer.Serialize(question, JournalJson.Default.String);
        using (var file = new FileStream(journal._path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read))
        {
            Journal.CutBrokenLine(file);
        }
        var lines = File.ReadAllLines(journal._path);
        if (lines.Length == 0)
        {
            journal.Append(head);
        }
        else if (lines[0] != head)
        {
            throw new BisectionException($"{directory} holds a bisection of something else; give another --out");
        }
        journal._steps.AddRange(lines.Skip(1).Select(Parse).OfType<CommitStep>());
        return journal;
    }

    public void Add(CommitStep step)
    {
        _steps.Add(step);
        Append(JsonSerializer.Serialize(step, JournalJson.Default.CommitStep));
    }

    private void Append(string line)
    {
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static CommitStep? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.CommitStep);
        }
        catch (JsonException)
        {
            return null; // That commit is tried again.
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(SnakeCaseConverter<CommitStepKind>), typeof(SnakeCaseConverter<Outcome>), typeof(MillisecondsConverter),
    ])]
[JsonSerializable(typeof(CommitStep))]
[JsonSerializable(typeof(string))]
internal sealed partial class JournalJson : JsonSerializerContext;
