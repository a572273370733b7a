namespace Harness.Kernels.Choice;

/// <summary>What a choice takes of the kernels that an archive lists.</summary>
/// <typeparam name="T">A kernel as the archive's source knows it.</typeparam>
/// <param name="upstream">A kernel's upstream version.</param>
/// <param name="toKernel">Makes the run's kernel: its source knows where to download.</param>
public sealed class KernelSelection<T>(Func<T, KernelVersion> upstream, Func<T, Kernel> toKernel)
    where T : class
{
    /// <param name="oldestFirst">The kernels to choose from.</param>
    /// <param name="named">Finds the kernel of a version that the choice names.</param>
    /// <param name="absent">Stands for such a version where there is none.</param>
    /// <returns>In the order of versions; for kernels asked for by name in the choice's order.</returns>
    public IReadOnlyList<PlannedKernel> Select(
        KernelChoice choice, IReadOnlyList<T> oldestFirst, Func<string, T?> named, Func<string, Kernel> absent) =>
        choice.Versions.Count > 0
            ?
            [
                .. choice.Versions.Select(version => new PlannedKernel(
                    named(version) is { } found ? toKernel(found) with { ByName = true } : absent(version))),
            ]
            :
            [
                .. oldestFirst.Where(kernel => choice.IsWanted(upstream(kernel)))
                    .GroupBy(kernel => upstream(kernel).Series)
                    .SelectMany(series => OfSeries([.. series], choice.Pick)),
            ];

    private IEnumerable<PlannedKernel> OfSeries(IReadOnlyList<T> oldestFirst, Pick pick)
    {
        var newestFirst = oldestFirst.Reverse().ToList();
        return pick switch
        {
            Pick.Newest => [WithStandIns(newestFirst)],
            Pick.Oldest => [WithStandIns(oldestFirst)],
            Pick.OldestAndNewest when oldestFirst.Count > 1 => [WithStandIns(oldestFirst), WithStandIns(newestFirst)],
            Pick.OldestAndNewest => [WithStandIns(oldestFirst)],
            _ => oldestFirst.Select(kernel => new PlannedKernel(toKernel(kernel))),
        };
    }

    private PlannedKernel WithStandIns(IReadOnlyList<T> inOrder)
    {
        var first = toKernel(inOrder[0]);
        var note = $"stands in for {first.Id}, which the archive lists and does not serve";
        return new PlannedKernel(first)
        {
            StandIns = [.. inOrder.Skip(1).Select(kernel => toKernel(kernel) with { Note = note })],
        };
    }
}
