using System.Collections.Concurrent;
using Harness.Runs;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>Shows downloads and builds: bars where a person watches, nothing elsewhere.</summary>
internal sealed class FetchDisplay(Terminal terminal)
{
    /// <param name="fetch">Is given what it must tell events to, from any thread.</param>
    public async Task<T> ShowAsync<T>(Func<Action<RunEvent>, Task<T>> fetch)
    {
        if (!terminal.IsInteractive)
        {
            return await fetch(_ => { }).ConfigureAwait(false);
        }
        ProgressColumn[] columns =
        [
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(),
            new TransferSpeedColumn(),
        ];
        var progress = terminal.Console.Progress().AutoClear(true).HideCompleted(true).Columns(columns);
        return await progress.StartAsync(context => fetch(new Bars(context).Take)).ConfigureAwait(false);
    }

    private sealed class Bars(ProgressContext context)
    {
        private readonly ConcurrentDictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);

        public void Take(RunEvent happened)
        {
            switch (happened)
            {
                case RunEvent.Building e:
                    _bars.GetOrAdd(e.KernelId, id => context.AddTask(id + ", building")).IsIndeterminate = true;
                    break;
                case RunEvent.Downloading e:
                    _bars.GetOrAdd(e.KernelId, id => context.AddTask(id, maxValue: e.Total ?? 1)).Value = e.Received;
                    break;
            }
        }
    }
}
