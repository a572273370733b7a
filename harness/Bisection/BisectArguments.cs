using Harness.Kernels;
using Harness.Probes;
using Harness.Runs;

namespace Harness.Bisection;

/// <summary>Finds the case and the kernels that <c>harness bisect</c> names, before anything boots.</summary>
internal static class BisectArguments
{
    /// <summary>The programs that have the case, or with <c>--all</c> any case that the pattern matches.</summary>
    /// <exception cref="UsageException">No program has such a case.</exception>
    public static IReadOnlyList<ProgramTask> Tasks(string wanted, bool all, RunPrograms prepared)
    {
        var programs = prepared.All;
        var globs = all ? GlobList.Parse("--case", [wanted]) : [];
        var tasks = prepared.Tasks(globs)
            .Select(task => all ? task : task with
            {
                Cases = [.. task.Cases.Where(c => c.Covers(wanted))],
                Keeps = id => id == wanted,
            })
            .Where(t => t.Cases.Count > 0).ToList();
        if (tasks.Count > 0)
        {
            return tasks;
        }
        var ids = programs.SelectMany(p => p.Cases).Select(c => c.Id).ToList();
        var isPattern = !all && wanted.IndexOfAny(['*', '?', '[', '{']) >= 0;
        throw new UsageException(isPattern
            ? $"--case: '{wanted}' is a pattern; a bisection follows one case, `--all` any number of them"
            : $"--case: '{wanted}' {(all ? "matches none" : "is none")} of the prober's {ids.Count} cases"
                + NearMatches.Hint(wanted, ids));
    }

    /// <summary>The kernels from one end to the other, in version order.</summary>
    /// <exception cref="UsageException">An end is no kernel of the matrix, or both are the same.</exception>
    public static ReleaseQuestion Question(
        string caseId, bool all, string good, string bad, IReadOnlyList<PlannedKernel> kernels)
    {
        var (goodEnd, badEnd) = Farthest(Find("--good", good, kernels), Find("--bad", bad, kernels));
        if (goodEnd.Id == badEnd.Id)
        {
            throw new UsageException($"--good and --bad are the same kernel, {goodEnd.Id}");
        }
        if (goodEnd.Arch != badEnd.Arch)
        {
            throw new UsageException($"--good and --bad are of different architectures: {goodEnd.Id} is for"
                + $" {goodEnd.Arch}, and {badEnd.Id} for {badEnd.Arch}; give ids");
        }
        if (goodEnd.Line != badEnd.Line)
        {
            throw new UsageException($"--good and --bad are of different lines: {goodEnd.Id} is of"
                + $" {KernelLines.NameOf(goodEnd.Line)}, and {badEnd.Id} of {KernelLines.NameOf(badEnd.Line)};"
                + " one does not come before the other");
        }
        var (older, newer) = ReleaseQuestion.Compare(goodEnd, badEnd) < 0 ? (goodEnd, badEnd) : (badEnd, goodEnd);
        return new ReleaseQuestion(caseId, all,
            [
                .. kernels.Where(k => k.Kernel.Version is not null && k.Kernel.Arch == older.Arch
                        && k.Kernel.Line == older.Line
                        && ReleaseQuestion.Compare(k.Kernel, older) >= 0
                        && ReleaseQuestion.Compare(k.Kernel, newer) <= 0)
                    .OrderBy(k => k.Kernel, Comparer<Kernel>.Create(ReleaseQuestion.Compare)),
            ],
            goodEnd.Id, badEnd.Id);
    }

    /// <summary>A series means its end that is farther from the other end.</summary>
    /// <param name="good">One kernel, or those of a series, in version order.</param>
    private static (Kernel Good, Kernel Bad) Farthest(List<Kernel> good, List<Kernel> bad)
    {
        var upwards = Older(good, bad[0]) + Newer(bad, good[^1]);
        var downwards = Newer(good, bad[^1]) + Older(bad, good[0]);
        return upwards >= downwards ? (good[0], bad[^1]) : (good[^1], bad[0]);

        static int Older(List<Kernel> all, Kernel than) => all.Count(k => ReleaseQuestion.Compare(k, than) < 0);
        static int Newer(List<Kernel> all, Kernel than) => all.Count(k => ReleaseQuestion.Compare(k, than) > 0);
    }

    /// <returns>One kernel, or those of a series, in version order.</returns>
    private static List<Kernel> Find(string option, string name, IReadOnlyList<PlannedKernel> kernels)
    {
        var all = kernels.Select(k => k.Kernel).ToList();
        var found = all.Where(k => k.Id == name).ToList();
        if (found.Count == 0)
        {
            found = [.. all.Where(k => k.Version?.ToString() == name || $"v{k.Version}" == name)];
        }
        if (found.Count == 0)
        {
            var series = all.Where(k => k.Version?.Series == name || $"v{k.Version?.Series}" == name);
            found = [.. series.Order(Comparer<Kernel>.Create(ReleaseQuestion.Compare))];
            return found.Count > 0 ? found : throw new UsageException(
                $"{option}: '{name}' is none of the matrix's {all.Count} kernels"
                    + $"{NearMatches.Hint(name, Names(all))} (`harness list` shows them)");
        }
        return found switch
        {
            [{ Version: not null }] => found,
            [var unplaced] => throw new UsageException($"{option}: {unplaced.Id} does not say its version, so that it"
                + " has no place among the others; give it one in the matrix"),
            _ => throw new UsageException($"{option}: {name} is the version of"
                + $" {string.Join(" and ", found.Select(k => k.Id))}; give the id"),
        };
    }

    private static IEnumerable<string> Names(IEnumerable<Kernel> kernels) =>
        kernels.SelectMany(k => new[] { k.Id, k.Version?.ToString() }).OfType<string>().Distinct();
}
