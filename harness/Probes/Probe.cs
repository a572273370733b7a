using Harness.Ktap;
using Harness.Machines;
using Harness.Results;
using Harness.Story;
using Harness.Yaml;

namespace Harness.Probes;

/// <summary>
/// A probe asks each booted kernel the same questions. This descriptor says, as data, all that the rest of the harness
/// needs to know of one; only what data cannot express is code in the probe's own folder.
/// </summary>
public sealed record Probe
{
    /// <summary>
    /// The step of a case that kills its kernel when it is asked alone. The harness says so, never a guest, so it is no
    /// probe's own.
    /// </summary>
    public const string CrashStep = "crash";

    /// <summary>As the matrix, <c>run.probes</c> and the verb <c>probes</c> name it: <c>inner-maps</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The heading of a report about this probe alone.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// The first parts of its case ids, in the order in which reports show them. The first part of an id leads to its
    /// probe, so no two probes share one.
    /// </summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>How its case ids are made of parts.</summary>
    public required CaseIdForm Ids { get; init; }

    /// <summary>
    /// Parts of case ids that say which build a case is of, where a matrix may ask for others: a compiler and its
    /// version.
    /// </summary>
    public IReadOnlyList<Glob> BuildParts { get; init; } = [];

    /// <summary>What the labels of further builds look like (<see cref="CaseIdForm.LabelStart"/>).</summary>
    public IReadOnlyList<Glob> BuildLabels { get; init; } = [];

    /// <summary>The steps at which a kernel may refuse, as the native side names them.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>
    /// Those of <see cref="Steps"/> at which the machine may be to blame as well as the kernel: a program that a signal
    /// or its time ended. Where a kernel that was restored answers so, it is booted to see whether it does then.
    /// </summary>
    public IReadOnlyList<string> StepsOfMachine { get; init; } = [];

    /// <summary>
    /// Those of its cases that may kill a kernel, as their program finds out when it has one. A kernel that is asked
    /// one of them may be needed several times, so it is saved when it is first booted.
    /// </summary>
    public IReadOnlyList<Glob> MayKill { get; init; } = [];

    /// <summary>Its native side: the programs that ask its questions inside a guest.</summary>
    public required IProbeProgram Program { get; init; }

    /// <summary>What it takes from users; <c>null</c> for a probe whose questions are its own.</summary>
    public IProbeInput? Input { get; init; }

    /// <summary>
    /// What the report of one of its programs comes to, where that is more than its cases as they stand: a case may get
    /// evidence, and one with <see cref="ProbeCase.Opens"/> may be followed by further ones below its id. Pure, and
    /// made for what a hostile guest writes.
    /// </summary>
    public Func<ProbeReport, IReadOnlyList<ProbedCase>> Interpret { get; init; } = report => report.Cases;

    /// <summary>What of a program's report a run keeps as files beside the console. Pure, as above.</summary>
    public Func<ProbeReport, IEnumerable<CaseFile>> Files { get; init; } = _ => [];

    /// <summary>
    /// Parts of the kernel that change none of its verdicts. A boot leaves an area out, to save time, when all of its
    /// probes do without it.
    /// </summary>
    public IReadOnlyList<KernelArea> DoesWithout { get; init; } = [];

    /// <summary>What help texts show of it.</summary>
    public ProbeExamples Examples { get; init; } = new();

    /// <summary>
    /// Lines of .config (<c>CONFIG_NET=y</c>) for a kernel that is built for the probe, as far as its tree has them.
    /// </summary>
    public IReadOnlyList<string> KernelOptions { get; init; } = [];

    /// <summary>Options without which a kernel answers none of its questions.</summary>
    public IReadOnlyList<KernelNeed> Needs { get; init; } = [];

    /// <summary>What a kernel that is built for some of its cases must have, beyond the options above.</summary>
    public IReadOnlyList<CaseOptions> CaseOptions { get; init; } = [];

    /// <summary>How reports speak of its questions.</summary>
    public required ProbeWords Words { get; init; }

    /// <summary>The questions that a report's first screen answers, in their order.</summary>
    public IReadOnlyList<FirstQuestion> FirstQuestions { get; init; } = [];

    /// <summary>Further questions, of which each group gets a sentence, in their order.</summary>
    public IReadOnlyList<QuestionGroup> Groups { get; init; } = [];

    /// <summary>The questions, as in ids, that have a column each in a report's first tables, in their order.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>
    /// The same for a probe whose questions depend on what users hand to it: chosen among the cases that were asked,
    /// one for each question; <c>null</c> for <see cref="Columns"/>.
    /// </summary>
    public Func<IReadOnlyList<CaseId>, IReadOnlyList<string>>? ColumnsOf { get; init; }

    /// <summary>
    /// The rules that say why its cases fail, are skipped or have no verdict; read when first needed.
    /// </summary>
    public Lazy<IReadOnlyList<CauseRule>> Causes { get; init; } = new(() => []);

    /// <summary>What its causes and their sources name besides commits of the kernel.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    /// <summary>What it adds to the story of a run.</summary>
    public ProbeStory Story { get; init; } = new();

    /// <summary>The further builds of its program that a run used; the first one is <c>run.prober</c>.</summary>
    public Func<RunInfo, IReadOnlyList<ProgramVariant>> Variants { get; init; } = _ => [];

    /// <summary>Reads all that the probe noted of its own in a run, and does nothing else.</summary>
    /// <exception cref="ResultsException">Something of it is not of a form that the probe knows.</exception>
    public Action<RunInfo> CheckFacts { get; init; } = _ => { };

    /// <summary>Keys that the probe contributes at the top of a matrix, such as axes along which it is built.</summary>
    public IReadOnlyList<YamlSection> MatrixSections { get; init; } = [];

    /// <summary>What a kernel is built with that is asked for some of its cases.</summary>
    /// <param name="asks">Whether any case of a pattern is asked.</param>
    public KernelOptions OptionsFor(Func<Glob, bool> asks)
    {
        var asked = CaseOptions.Where(options => asks(options.Cases)).ToList();
        return new KernelOptions(
            [.. KernelOptions.Concat(asked.SelectMany(o => o.Wanted)).Distinct()],
            [.. asked.SelectMany(o => o.Lines).Distinct()]);
    }
}
