using System.Globalization;
using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>
/// Shows a bisection, a line for each event; with <c>--json</c> on standard error. Where a person watches, what is
/// going on right now is drawn below.
/// </summary>
internal sealed class BisectDisplay(Terminal terminal, bool json) : IAsyncDisposable
{
    private readonly Lock _drawing = new();
    private readonly BuildPulse _builds = new(TimeProvider.System);
    private readonly SortedDictionary<string, string> _active = new(StringComparer.Ordinal);
    private LivePicture? _picture;
    private bool _accelerator;

    public void Take(BisectEvent happened)
    {
        lock (_drawing)
        {
            Line(LineOf(happened));
        }
    }

    private string? LineOf(BisectEvent happened) => happened switch
    {
        BisectEvent.Started e => $"{e.Case}: {e.Kernels} kernels from end to end, boots: at most {e.MostBoots} if all"
            + $" answer; in {e.Directory}",
        BisectEvent.Noted e => $"note: {e.Text}",
        BisectEvent.Testing e => $"step {Number(e.Step)}: {Kernels(e.Kernels)}…",
        BisectEvent.Tested e => Text(e.Step),
        BisectEvent.Narrowed e => $"not tested yet: {e.Between}; boots left: at most {e.MostBoots}",
        BisectEvent.CommitTesting e => $"step {Number(e.Step)}: {e.Commit.Short} {e.Commit.Subject}…{Left(e)}",
        BisectEvent.BuildProgressed e => Watched(e.Commit.Short, BuildPulse.Drawn(e.Progress))
            ? null
            : _builds.LineOf(e.Commit.Short, e.Progress),
        BisectEvent.CommitTested e => Ended(e.Step),
        _ => null,
    };

    public ValueTask DisposeAsync() => _picture?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Shows what is going on, where a person watches.</summary>
    /// <returns>Whether a person does.</returns>
    private bool Watched(string name, string doing)
    {
        if (json || terminal.Live is not { } region)
        {
            return false;
        }
        _active[name] = doing;
        _picture ??= new LivePicture(region, Drawn);
        return true;
    }

    private IReadOnlyList<string> Drawn()
    {
        lock (_drawing)
        {
            return [.. LivePicture.Below(_active)];
        }
    }

    private string Ended(CommitStep step)
    {
        _active.Clear();
        _builds.End(step.Commit[..12]);
        return Text(step);
    }

    /// <summary>Shows the events of the steps' runs, and logs them.</summary>
    public Action<RunEvent> With(RunLog log) => happened =>
    {
        log.Take(happened);
        Take(happened);
    };

    /// <summary>Shows what takes time or is news in the runs of single steps.</summary>
    public void Take(RunEvent happened)
    {
        lock (_drawing)
        {
            if (happened is RunEvent.Booting booting)
            {
                _active.Clear();
                Watched(booting.KernelId, "booting");
            }
            if (happened is RunEvent.Finished)
            {
                _active.Clear();
            }
            Line(happened switch
            {
                RunEvent.AcceleratorChosen when _accelerator => null,
                RunEvent.ImageReady { FromCache: false } or RunEvent.StandIn => $"  {RunDisplay.News(happened)}",
                RunEvent.Booting { Attempt: > 1 } e => $"  {e.KernelId}: attempt {e.Attempt}",
                RunEvent.BuildProgressed e => Watched(e.KernelId, BuildPulse.Drawn(e.Progress))
                    ? null
                    : _builds.LineOf(e.KernelId, e.Progress),
                _ => RunDisplay.News(happened),
            });
            _accelerator |= happened is RunEvent.AcceleratorChosen;
        }
    }

    /// <param name="isLast">No bisection over commits follows, whose document would be the answer to --json.</param>
    public void Show(ReleaseDocument document, string directory, bool isLast) => Show(
        isLast ? document.ToJson : null, document.Answer.Result, document.Answer.Sentence,
        document.Transitions.Concat(document.ErrorChanges)
            .Select(t => $"{t.Case}: {t.From.Kernel} ({Words(t.From)}) → {t.To.Kernel} ({Words(t.To)})"),
        directory);

    public void Show(CommitDocument document, string directory) => Show(
        document.ToJson, document.Answer.Result, document.Answer.Sentence,
        document.Answer.Suspects.Select(c => $"{c.Commit[..12]} {c.Subject}"), directory);

    public void Show(JudgedStep step)
    {
        if (json)
        {
            terminal.Out.WriteLine(step.ToJson());
            return;
        }
        var name = step.Subject is null ? step.What : $"{step.What[..12]} (\"{step.Subject}\")";
        var judged = step.Judgement switch
        {
            StepJudgement.Good => "good",
            StepJudgement.Bad => "bad",
            _ => "tells nothing",
        };
        Line($"{name}: {judged}: {step.Verdict?.ToString() ?? step.Problem}");
        Line(step.Directory);
    }

    private void Show(
        Func<string>? document, BisectResult result, string sentence, IEnumerable<string> details, string directory)
    {
        if (json && document is not null)
        {
            terminal.Out.WriteLine(document());
            return;
        }
        foreach (var detail in details)
        {
            Line($"  {detail}");
        }
        if (result is BisectResult.EndsAgree or BisectResult.EndUntestable)
        {
            terminal.Error(sentence);
        }
        else
        {
            Line(sentence);
        }
        Line(Path.Combine(directory, ReleaseReport.FileName));
    }

    private static string Kernels(IReadOnlyList<string> ids) =>
        ids.Count <= 2 ? string.Join(" and ", ids) : $"{ids.Count} kernels";

    private static string Text(ReleaseStep step)
    {
        var what = step.Verdict?.ToString() ?? step.Problem ?? "tested";
        return $"  {step.Kernel}: {what} ({(step.Remembered ? "remembered" : Seconds(step.Seconds))})";
    }

    private static string Text(CommitStep step)
    {
        var nothing = step.Kind == CommitStepKind.Search ? "skipped" : "tells nothing";
        return $"  {step.Commit[..12]}: {step.Verdict?.ToString() ?? $"{nothing}: {step.Problem}"} "
            + $"({(step.Remembered ? "remembered; " : "")}build {Seconds(step.BuildSeconds)}"
            + $"{(step.CompilerCache is { } cache ? $", {cache}" : "")}, boot {Seconds(step.Seconds)})";
    }

    private static string Left(BisectEvent.CommitTesting step)
    {
        var minutes = step.Eta is { } eta ? $"; {Minutes(eta)}" : "";
        return step.Left is { } left ? $" (steps left after it: about {Number(left)}{minutes})" : "";
    }

    private static string Minutes(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(time.TotalMinutes):0} min");

    private static string Words(Results.TransitionEnd end) => end.Outcome is null
        ? Analysis.Words.Of(end.Status)
        : new Verdict(end.Outcome, end.Step, end.Errno).ToString();

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Line(string? text)
    {
        if (text is null)
        {
            return;
        }
        if (json)
        {
            terminal.Progress(text);
        }
        else
        {
            terminal.Line(text);
        }
    }
}
