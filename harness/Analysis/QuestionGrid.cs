using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis;

/// <summary>Kernels × questions: the shape in which a person sees the answer at once.</summary>
public sealed class QuestionGrid
{
    private readonly ProbeList _probes;
    private readonly KernelNames _names;
    private readonly Dictionary<(string Kernel, Question Question), CaseTally> _cells = [];
    private readonly Dictionary<(string Kernel, Question Question), SortedSet<string>> _errnos = [];
    private readonly Dictionary<string, Question> _ofCase = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Layer, string Text), Question> _questions = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _columns = new(StringComparer.Ordinal);

    /// <summary>The grid of the kernels that reported anything.</summary>
    public QuestionGrid(RunDocument document, ProbeList probes)
    {
        _probes = probes;
        _names = new KernelNames(document);
        Kernels = [.. document.Kernels.Where(k => k.Cases.Count > 0)];
        foreach (var kernel in Kernels)
        {
            foreach (var result in kernel.Cases)
            {
                var key = (kernel.Id, Find(result.Id));
                _cells[key] = _cells.GetValueOrDefault(key, CaseTally.Empty).Add(Words.MarkOf(result.Status));
                if (result is { Errno: { } errno, Status: not (CaseStatus.Pass or CaseStatus.Skip) })
                {
                    if (!_errnos.TryGetValue(key, out var errnos))
                    {
                        _errnos[key] = errnos = new SortedSet<string>(StringComparer.Ordinal);
                    }
                    errnos.Add(errno);
                }
            }
        }
        var layers = probes.Layers.ToList();
        Questions =
        [
            .. _questions.Values
                .OrderBy(q => Place(layers, q.Layer)).ThenBy(q => q.Layer, StringComparer.Ordinal)
                .ThenBy(q => Place(ColumnsOf(q.Layer), q.Text))
                .ThenBy(q => q.Text.Count(c => c == '.')).ThenBy(q => q.Text, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<KernelResult> Kernels { get; }

    public IReadOnlyList<Question> Questions { get; }

    /// <summary>The layers that were asked, in their order.</summary>
    public IEnumerable<string> Layers => Questions.Select(q => q.Layer).Distinct();

    /// <summary>Of all cases of a question on one kernel, at whatever place.</summary>
    public CaseTally this[KernelResult kernel, Question question] =>
        _cells.GetValueOrDefault((kernel.Id, question), CaseTally.Empty);

    /// <summary>The errnos of a question's cases that did not come out as wanted on a kernel, sorted.</summary>
    public IReadOnlyList<string> Errnos(KernelResult kernel, Question question) =>
        _errnos.TryGetValue((kernel.Id, question), out var errnos) ? [.. errnos] : [];

    /// <summary>
    /// The layer's questions that have a column in the first tables, in the order in which people ask them.
    /// </summary>
    public IReadOnlyList<Question> Foremost(string layer) =>
        [.. Questions.Where(q => q.Layer == layer && ColumnsOf(layer).Contains(q.Text))];

    /// <summary>The question that a case of this run asks.</summary>
    public Question Of(string caseId) => _ofCase[caseId];

    /// <summary>Another build of the program was asked, and answered as the first one did on every kernel.</summary>
    public bool IsRepetition(Question question) => question.Example.Label.Length > 0
        && _questions.TryGetValue((question.Layer, question.Example.QuestionWithoutLabel), out var first)
        && Kernels.All(k => this[k, question] == this[k, first]);

    /// <summary>A table of these questions: a row for each kernel.</summary>
    public VerdictTable Table(IReadOnlyList<Question> questions, Sentence? caption = null, bool counted = false) => new(
        caption,
        [.. questions.Select(q => new VerdictColumn(q.Layer, q.Title, q.Example.Form.Separator))],
        [
            .. Kernels.Select(k => Row(k, [.. questions.Select(q => this[k, q])]) with
            {
                Errnos = [.. questions.Select(q => Errnos(k, q))],
            }),
        ],
        counted);

    private VerdictRow Row(KernelResult kernel, IReadOnlyList<CaseTally> cells)
    {
        var name = _names.Of(kernel);
        var whole = kernel.Status == KernelStatus.Tested;
        return new VerdictRow(name, name, 1, whole ? null : Words.Of(kernel.Status),
            whole && kernel.Version is not null ? $"{kernel.Arch} {kernel.Line} {Histories.SeriesOf(kernel)}"
                : null, cells);
    }

    /// <summary>Every kernel was asked the same cases: an id is taken apart once.</summary>
    private Question Find(string caseId)
    {
        if (!_ofCase.TryGetValue(caseId, out var question))
        {
            question = new Question(_probes.Parse(caseId));
            var key = (question.Layer, question.Text);
            _ofCase[caseId] = question = _questions.TryGetValue(key, out var known) ? known : question;
            _questions[key] = question;
        }
        return question;
    }

    /// <summary>The columns of a layer are found once: a probe may choose them by what was asked.</summary>
    private IReadOnlyList<string> ColumnsOf(string layer)
    {
        if (!_columns.TryGetValue(layer, out var columns))
        {
            var probe = _probes.OfLayer(layer);
            _columns[layer] = columns = probe?.ColumnsOf is { } choose
                ? choose([.. _questions.Values.Where(q => q.Layer == layer).Select(q => q.Example)])
                : probe?.Columns ?? [];
        }
        return columns;
    }

    /// <summary>Where a name stands in a list; what the list lacks comes after it.</summary>
    private static int Place(IReadOnlyList<string> names, string name) =>
        names.Index().FirstOrDefault(n => n.Item == name, (Index: names.Count, Item: name)).Index;
}
