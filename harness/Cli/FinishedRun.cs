using Harness.Analysis;
using Harness.History;
using Harness.Reports;
using Harness.Results;
using Harness.Shards;

namespace Harness.Cli;

/// <summary>What becomes of a run whose results are written, whether it was measured here or joined.</summary>
internal static class FinishedRun
{
    /// <summary>Writes the reports and the summary, points to the run, and adds it to the history.</summary>
    /// <param name="resumable">Whether the directory has a journal, by which an interrupted run goes on.</param>
    public static void Publish(VerbContext context, RunDocument document, string directory, bool resumable)
    {
        var (terminal, workspace, catalog) = context;
        var results = workspace.Repository.Results;
        var story = new RunStory(document, catalog.Probes);
        var reports = ReportSet.Write(story, directory, catalog.Formats);
        if (workspace.Variable(StepSummary.Variable) is { Length: > 0 } summary)
        {
            var markdown = File.ReadAllText(Path.Combine(directory, MarkdownReport.FileName));
            StepSummary.Append(terminal, summary, markdown);
        }
        LatestLink.Point(results, directory);
        RunSummary.Write(terminal, story, directory, reports, resumable);
        StepAnnotations.Write(terminal, workspace.Variable(StepAnnotations.Variable), story);
        if (HistoryKeeper.Append(document, catalog.Probes, results, directory) is { } warning)
        {
            terminal.Error(warning);
        }
    }

    /// <summary>The same for a joined run, and says what is missing and what its parts disagree on.</summary>
    public static void Publish(VerbContext context, MergedRun merged, string directory)
    {
        Publish(context, merged.Document, directory, resumable: false);
        foreach (var conflict in merged.Conflicts)
        {
            context.Terminal.Error(conflict);
        }
        foreach (var kernel in merged.Missing)
        {
            context.Terminal.Error($"{kernel.Id}: {Words.Of(kernel.Status)}: {kernel.Reason}");
        }
    }
}
