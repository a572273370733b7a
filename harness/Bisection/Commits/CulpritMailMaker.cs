using System.Buffers;
using System.Text.RegularExpressions;
using Harness.Kernels.Git;
using Harness.Probes;
using Harness.Reports;
using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>Gathers what a mail about a culprit says, and puts the files that it names into the directory.</summary>
/// <param name="directory">The bisection's.</param>
/// <param name="scratch">A directory that is emptied.</param>
internal sealed partial class CulpritMailMaker(
    GitRepository repository, IReadOnlyList<CompilerWorkshop> workshops, CommitRequest request, ProgramTask program,
    ProbeOptionValues probes, string directory, string scratch)
{
    public const string ConfigName = "culprit.config";
    public const string DifferenceName = "culprit.defconfig";

    /// <summary>The list on which regressions are tracked (Documentation/process/handling-regressions.rst).</summary>
    private const string Regressions = "regressions@lists.linux.dev";

    /// <summary>Signs that part addresses.</summary>
    private static readonly SearchValues<char> _parting = SearchValues.Create("()<>[]:;@\\,.\"");

    /// <param name="good">An end of the search, as <paramref name="bad"/>: the user's, or what was found.</param>
    /// <param name="answer">With a culprit.</param>
    /// <param name="parameters">The kernel's command line, where a kernel was booted.</param>
    public async Task<CulpritMail> MakeAsync(
        CommitQuestion question, Commit good, Commit bad, CommitAnswer answer, IReadOnlyList<CommitStep> steps,
        string? parameters, CancellationToken cancellation)
    {
        var caseId = question.Case;
        var (goodName, badName) = (
            await NameAsync(good, question.Good, question.Typed.Good, cancellation).ConfigureAwait(false),
            await NameAsync(bad, question.Bad, question.Typed.Bad, cancellation).ConfigureAwait(false));
        var culprit = Plain(
            await repository.CommitAsync(answer.Culprit!.Commit, cancellation).ConfigureAwait(false));
        (good, bad) = (Plain(good), Plain(bad));
        var effect = await EffectAsync(repository, culprit, bad, cancellation).ConfigureAwait(false);
        var regression = effect == CommitEffect.Regression;
        // Nobody tracks a regression, or names a commit as what is mended, on a guess.
        var blames = regression && answer.Confirmed;
        var (goodVerdict, badVerdict) = regression ? (answer.Older, answer.Newer) : (answer.Newer, answer.Older);
        var (cc, ccProblem) = await new Maintainers(repository, scratch)
            .OfAsync(culprit, regression ? bad.Id : good.Id, cancellation).ConfigureAwait(false);
        var author = GuestText.Plain(await repository.AskAsync(
            cancellation, "show", "--no-patch", "--encoding=UTF-8", "--format=%an <%ae>", culprit.Id)
            .ConfigureAwait(false));
        var built = WorkshopOf(culprit, steps);
        var config = Config(culprit, steps);
        var problem = config is null
            ? "there is no .config"
            : await built.Workshop.DifferenceAsync(
                culprit, Path.Combine(directory, config), Path.Combine(directory, DifferenceName), cancellation)
                .ConfigureAwait(false);
        var patches = Patches(culprit, steps);
        var given = new GivenFiles(probes, directory);
        var log = await File.ReadAllTextAsync(Path.Combine(directory, CommitBisection.LogName), cancellation)
            .ConfigureAwait(false);
        var mail = new CulpritMail
        {
            Effect = effect,
            Subject = !answer.Confirmed
                ? $"not confirmed: {caseId}: {answer.Newer} since {culprit.Named}, before {answer.Older}"
                : regression
                ? $"[REGRESSION] {caseId}: {answer.Newer} since {culprit.Named}"
                : $"{caseId}: {answer.Newer} since {culprit.Named}, before {answer.Older}",
            To = Mailbox(author),
            Cc = [.. cc.Where(address => address != author).Concat(blames ? [Regressions] : []).Distinct()],
            CcProblem = Plain(ccProblem),
            Fixes = blames ? culprit.Named : null,
            Introduced = blames ? culprit.Id : null,
            Good = new MailedEnd(goodName, good.Id, good.Subject, goodVerdict) { Compiler = CompilerOf(good, steps) },
            Bad = new MailedEnd(badName, bad.Id, bad.Subject, badVerdict) { Compiler = CompilerOf(bad, steps) },
            Case = GuestText.Plain(CaseInWords(caseId)),
            Compiler = Plain((config is null ? null : Compiler(await File.ReadAllTextAsync(
                Path.Combine(directory, config), cancellation).ConfigureAwait(false))) ?? built.Compiler?.Version),
            CompilerArguments = built.Compiler?.MakeArguments(null) ?? [],
            Config = config,
            ConfigDifference = problem is null ? DifferenceName : null,
            ConfigProblem = Plain(problem),
            Patches = patches,
            BeforeBuild = request.Build.BeforeBuild,
            KernelParameters = parameters,
            Reproduce = Reproduction.Commands(
                culprit.Id, ConfigName, patches, request.Build with { Compiler = built.Compiler }, caseId,
                given.Beside),
            Files = given.Names,
            Prober = Reproduction.Prober(program.Program, caseId),
            Log = GuestText.Plain(MailedLog.Of(log, effect), lines: true),
        };
        return mail with { Text = CulpritMailText.Write(mail, culprit, answer) };
    }

    /// <summary>What the user typed, if that is this end; else the tag of the release that was found.</summary>
    /// <param name="asked">The commit that the user typed; <c>null</c> for <c>auto</c>.</param>
    private async Task<string> NameAsync(Commit end, Commit? asked, string typed, CancellationToken cancellation) =>
        GuestText.Plain(end.Id == asked?.Id
            ? typed
            : await GitReleases.NameAsync(repository, end, cancellation).ConfigureAwait(false) ?? end.Id);

    /// <summary>
    /// Without the control characters that git allows in names and subjects: in a mail, one begins a further header.
    /// </summary>
    private static Commit Plain(Commit commit) => commit with
    {
        Subject = GuestText.Plain(commit.Subject),
        Author = GuestText.Plain(commit.Author),
    };

    private static string? Plain(string? text) => text is null ? null : GuestText.Plain(text);

    /// <summary>A commit that the bad end has in its history made it bad.</summary>
    public static async Task<CommitEffect> EffectAsync(
        GitRepository repository, Commit culprit, Commit bad, CancellationToken cancellation) =>
        await repository.IsAncestorAsync(culprit.Id, bad.Id, cancellation).ConfigureAwait(false)
            ? CommitEffect.Regression
            : CommitEffect.Fix;

    /// <summary>Copies the culprit's .config out of its last step.</summary>
    /// <returns>The copy, relative to the directory; <c>null</c> when no step has one.</returns>
    private string? Config(Commit culprit, IReadOnlyList<CommitStep> steps)
    {
        if (steps.LastOrDefault(s => s.Commit == culprit.Id && s.Config is not null)?.Config is not { } config
            || !File.Exists(Path.Combine(directory, config)))
        {
            return null;
        }
        File.Copy(Path.Combine(directory, config), Path.Combine(directory, ConfigName), overwrite: true);
        return ConfigName;
    }

    /// <summary>Where the culprit was built last.</summary>
    private CompilerWorkshop WorkshopOf(Commit culprit, IReadOnlyList<CommitStep> steps)
    {
        var compiler = CompilerOf(culprit, steps);
        return workshops.FirstOrDefault(workshop => workshop.Compiler?.Name == compiler) ?? workshops[0];
    }

    private static string? CompilerOf(Commit commit, IReadOnlyList<CommitStep> steps) =>
        steps.LastOrDefault(step => step.Commit == commit.Id && step.Compiler is not null)?.Compiler;

    /// <summary>The patches that the culprit was built with, by their names in <c>patches/</c>.</summary>
    private static IReadOnlyList<string> Patches(Commit culprit, IReadOnlyList<CommitStep> steps) =>
        steps.LastOrDefault(s => s.Commit == culprit.Id)?.Patches ?? [];

    private string CaseInWords(string caseId)
    {
        var asked = program.Cases.FirstOrDefault(c => c.Covers(caseId));
        var wanted = asked?.Want == Outcome.Reject ? "refuse" : "accept";
        return $"The case {caseId} of the probe {program.Program.Probe}: a kernel is wanted to {wanted} it"
            + (asked is { Source.Length: > 0 } ? $" ({asked.Source.TrimEnd('.')})." : ".");
    }

    /// <summary>With the name in quotes where it has signs that part addresses (RFC 5322, 3.2.3).</summary>
    internal static string Mailbox(string author)
    {
        var at = author.LastIndexOf(" <", StringComparison.Ordinal);
        return at > 0 && author.AsSpan(0, at).IndexOfAny(_parting) >= 0
            ? $"\"{author[..at].Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)}\"{author[at..]}"
            : author;
    }

    internal static string? Compiler(string config) =>
        CompilerText().Match(config) is { Success: true } text ? text.Groups[1].Value : null;

    /// <summary>Kconfig's text of the compiler's version (init/Kconfig, since 4.18).</summary>
    [GeneratedRegex("^CONFIG_CC_VERSION_TEXT=\"(.*)\"$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex CompilerText();
}
