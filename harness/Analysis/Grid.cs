using Harness.Results;

namespace Harness.Analysis;

/// <summary>What a question came to on one kernel, over all map types that it was asked of.</summary>
/// <param name="Total">How many cases were asked.</param>
public sealed record Cell(int Pass, int Fail, int Skip, int Error, int Total)
{
    public bool IsEmpty => Total == 0;

    public bool AllPass => Total > 0 && Pass + Skip == Total && Pass > 0;

    public bool AllFail => Fail > 0 && Fail + Skip == Total;
}

/// <summary>A column: one question in one layer.</summary>
public sealed record Question(string Layer, string Text)
{
    /// <summary><c>struct → none</c>: the template's typing, the candidate's.</summary>
    public string Title
    {
        get
        {
            var parts = Text.Split('.', 3);
            return parts.Length < 2 ? Text : $"{parts[0]} → {parts[1]}" + (parts.Length > 2 ? $" ({parts[2]})" : "");
        }
    }
}

/// <summary>Kernels × questions: the shape in which a person sees the answer at once.</summary>
public sealed class Grid
{
    /// <summary>Struct against bytes first, as that is what people come for; then the rest of the pairs.</summary>
    private static readonly string[] _first =
    [
        "struct.none", "none.struct", "struct.bytes", "bytes.struct", "struct.struct", "bytes.none", "none.bytes", "bytes.bytes", "none.none",
    ];

    private static readonly Cell _empty = new(0, 0, 0, 0, 0);

    private readonly Dictionary<(string Kernel, Question Question), Cell> _cells = [];

    /// <summary>The grid of the kernels that reported anything.</summary>
    public Grid(RunDocument document)
    {
        Kernels = [.. document.Kernels.Where(k => k.Cases.Count > 0)];
        var questions = new Dictionary<string, Question>(StringComparer.Ordinal);
        foreach (var kernel in Kernels)
        {
            foreach (var result in kernel.Cases)
            {
                if (!questions.TryGetValue(result.Id, out var question))
                {
                    var id = CaseId.Parse(result.Id);
                    questions[result.Id] = question = new Question(id.Layer, id.Question);
                }
                var key = (kernel.Id, question);
                _cells[key] = Add(_cells.GetValueOrDefault(key, _empty), result.Status);
            }
        }
        Questions =
        [
            .. questions.Values.Distinct()
                .OrderBy(q => q.Layer == "raw" ? 0 : 1).ThenBy(q => q.Layer, StringComparer.Ordinal)
                .ThenBy(q => Array.IndexOf(_first, q.Text) is var i and >= 0 ? i : _first.Length)
                .ThenBy(q => q.Text.Count(c => c == '.')).ThenBy(q => q.Text, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<KernelResult> Kernels { get; }

    public IReadOnlyList<Question> Questions { get; }

    /// <summary>The questions about plain struct, bytes and untyped values, in the order in which people ask them.</summary>
    public IReadOnlyList<Question> Foremost(string layer) => [.. Questions.Where(q => q.Layer == layer && _first.Contains(q.Text))];

    /// <summary>Asked with another libbpf than the first, and answered as with that one on every kernel.</summary>
    public bool IsRepetition(Question question)
    {
        var (text, label) = CauseQuestion.Of(question.Text);
        var first = question with { Text = text };
        return label.Length > 0 && Questions.Contains(first) && Kernels.All(k => this[k, question] == this[k, first]);
    }

    public Cell this[KernelResult kernel, Question question] => _cells.GetValueOrDefault((kernel.Id, question), _empty);

    private static Cell Add(Cell cell, CaseStatus status) => status switch
    {
        CaseStatus.Pass => cell with { Pass = cell.Pass + 1, Total = cell.Total + 1 },
        CaseStatus.Fail => cell with { Fail = cell.Fail + 1, Total = cell.Total + 1 },
        CaseStatus.Skip => cell with { Skip = cell.Skip + 1, Total = cell.Total + 1 },
        _ => cell with { Error = cell.Error + 1, Total = cell.Total + 1 },
    };
}
