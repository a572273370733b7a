using Harness.Analysis.Sections;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis;

/// <summary>
/// What a run has to say, in sections of sentences and tables. Formats only render it.
/// Each part is made once, when a format first needs it; formats may run on several threads.
/// </summary>
public sealed class RunStory
{
    /// <summary>The heading of the first screen.</summary>
    public const string AnswerTitle = AnswerSection.Title;

    /// <summary>
    /// The first 12 digits of a hash, as the kernel's documentation asks for
    /// (Documentation/process/submitting-patches.rst).
    /// </summary>
    private static readonly Reference _commit =
        new(@"\b[0-9a-f]{12}\b", "https://git.kernel.org/linus/{0}");

    private readonly Lazy<QuestionGrid> _grid;
    private readonly Lazy<IReadOnlyList<SharedHistory>> _histories;
    private readonly Lazy<Section> _answer;
    private readonly Lazy<IReadOnlyList<Section>> _explanations;
    private readonly Lazy<IReadOnlyList<Section>> _details;

    public RunStory(RunDocument document, ProbeList probes)
    {
        (Document, Probes) = (document, probes);
        Names = new KernelNames(document);
        _grid = new(() => new QuestionGrid(document, probes));
        _histories = new(() => Histories.Of(document));
        _answer = new(() => AnswerSection.Of(document, Grid, probes));
        _explanations = new(MakeExplanations);
        _details = new(MakeDetails);
    }

    public RunDocument Document { get; }

    public ProbeList Probes { get; }

    /// <summary>Names kernels as this run's reports do.</summary>
    public KernelNames Names { get; }

    /// <summary>The heading of a report: the title of each probe that was asked.</summary>
    public string Title => Document.Run.Probes.Count > 0
        ? string.Join("; ", Document.Run.Probes.Select(p => p.Title))
        : string.Join("; ", Probes.AskedBy(Document.Run).Select(p => p.Title));

    public RunHead Head => new(
        Document.Run.Id, Document.Run.StartedAt, Document.Kernels.Count(k => k.Status == KernelStatus.Tested),
        Document.Kernels.Count, Document.Kernels.Sum(k => k.Cases.Count), Document.Run.Accel,
        RunParts.InHead(Document),
        Document.Kernels.All(k => k.AsExpected && k.Cases.All(c => c.AsExpected)),
        RunEndings.InWords(RunEndings.Of(Document)),
        RunEndings.Of(Document) is RunEnding.AsExpected or RunEnding.Changed)
    {
        Known = KnownRows.InHead(Document),
    };

    /// <summary>The first screen.</summary>
    public Section Answer => _answer.Value;

    /// <summary>What is not as expected; without a title when everything is.</summary>
    public Section Unexpected => UnexpectedSection.Of(Document, Names, Probes);

    /// <summary>The kernels that could not be tested; <c>null</c> when all could.</summary>
    public Section? Untested => UntestedSection.Of(Document);

    /// <summary>What kernels complained of as it was foreseen; <c>null</c> if that is nothing.</summary>
    public Section? ForeseenComplaints => ComplaintsSection.Of(Document);

    /// <summary>Which kernels earlier runs measured; <c>null</c> if that is none.</summary>
    public Section? Known => KnownSection.Of(Document);

    /// <summary>How the run was made.</summary>
    public Section Conditions => ConditionsSection.Of(Document, Probes);

    /// <summary>What changes from run to run, from repeat to repeat and from kernel to kernel, and why.</summary>
    public IReadOnlyList<Section> Explanations => _explanations.Value;

    /// <summary>What a reader looks up: the tables of all other questions, and what is the same everywhere.</summary>
    public IReadOnlyList<Section> Details => _details.Value;

    /// <summary>All sections of a whole report, in their order.</summary>
    public IReadOnlyList<Section> Sections =>
    [
        .. new[] { Answer, Unexpected, Untested, ForeseenComplaints, Known }.OfType<Section>(),
        .. Explanations, .. Details, Conditions,
    ];

    /// <summary>What causes and their sources may name: commits of Linux, and what the run's probes add.</summary>
    public IReadOnlyList<Reference> References =>
        [_commit, .. Probes.AskedBy(Document.Run).SelectMany(p => p.References).Distinct()];

    /// <summary>What the terminal shows at the end of a run.</summary>
    public RunSummaryStory Summary => RunSummaryStory.Of(this);

    /// <summary>Kernels × questions.</summary>
    public QuestionGrid Grid => _grid.Value;

    private IReadOnlyList<Section> MakeExplanations()
    {
        Section?[] sections =
        [
            BaselineSection.Of(Document, Probes),
            FlakySection.Of(Document, Names, Probes),
            .. Probes.AskedBy(Document.Run).SelectMany(p => p.Story.Sections(Document)),
            VersionsSection.OfMachines(Document, Probes),
            VersionsSection.OfLines(Document, Probes),
            new ChangesSection(Names, Probes).Of(Document, _histories.Value),
            new FailuresSection(Names, Probes).Of(Document),
        ];
        return [.. sections.OfType<Section>()];
    }

    private IReadOnlyList<Section> MakeDetails()
    {
        Section?[] sections =
        [
            new GroupsSection(Document, Names).Of(Probes),
            .. DetailSections.OtherQuestions(Grid),
            DetailSections.Constant(Document, _histories.Value, Names, Probes),
        ];
        return [.. sections.OfType<Section>()];
    }
}
