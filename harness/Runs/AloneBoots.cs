using Harness.Probes;

namespace Harness.Runs;

/// <summary>
/// Asks what may kill a kernel last, each case in a boot of its own, so that it costs no other case its answer.
/// </summary>
/// <param name="boot">Boots the kernel with one program, which is asked this case alone.</param>
internal sealed class AloneBoots(
    RunPlan plan, Func<ProgramTask, ProbeCase, Task<IReadOnlyList<ProbedBoot>>> boot)
{
    /// <summary>
    /// Of one kernel, in one repeat: whatever a guest says, its kernel is not booted without end. No kernel that was
    /// seen has half as many cases that may kill it.
    /// </summary>
    private const int Most = 16;

    /// <param name="asked">What a boot says of programs that were asked all their cases.</param>
    /// <param name="tasks">Those programs.</param>
    /// <remarks>A kernel that hangs is asked twice: only one that does so again hangs.</remarks>
    /// <returns>The same, without what a boot of its own has answered, and those boots.</returns>
    public async Task<IReadOnlyList<ProbedBoot>> AskAsync(
        IReadOnlyList<ProbedBoot> asked, IReadOnlyList<ProgramTask> tasks)
    {
        var alone = new List<ProbedBoot>();
        var wanted = asked.SelectMany(
            b => b.Report.Cases.Where(c => c.Alone), (b, probed) => (b.Prober, probed.Id));
        foreach (var (prober, id) in wanted.Take(Most))
        {
            var task = tasks.First(t => plan.LabelOf(t.Program) == prober);
            var question = task.Cases.First(c => c.Id == id);
            var answer = await boot(task, question).ConfigureAwait(false);
            alone.AddRange(answer[^1].HungAlone ? await boot(task, question).ConfigureAwait(false) : answer);
            if (!alone[^1].ReachedProber)
            {
                break;
            }
        }
        return [.. asked.Select(b => b with { Report = AloneAnswer.Without(b.Report, alone, Most) }), .. alone];
    }
}
