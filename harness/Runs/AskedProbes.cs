using Harness.Matrix;
using Harness.Probes;

namespace Harness.Runs;

/// <summary>Decides which probes a run asks, and about what.</summary>
internal static class AskedProbes
{
    /// <summary>
    /// What the command line names; else what the matrix names; else the probes whose questions are their own.
    /// </summary>
    /// <exception cref="UsageException">An option names what cannot be asked about.</exception>
    public static IReadOnlyList<ProbeEntry> Of(ProbeList probes, MatrixSpec? matrix, ProbeOptionValues options)
    {
        var named = Named(probes, options);
        return named.Count > 0 ? named
            : matrix is { Probes.Count: > 0 } ? matrix.Probes
            : [.. probes.All.Where(probe => probe.Input is null).Select(probe => new ProbeEntry(probe, [], []))];
    }

    /// <summary>The files that options name, as far as they are there; absolute.</summary>
    public static IReadOnlyList<string> Files(ProbeList probes, ProbeOptionValues options)
    {
        var problems = new List<string>(); // What is not there now may come.
        return
        [
            .. probes.All.SelectMany(probe => probe.Input?.Read(options, problems) ?? [])
                .SelectMany(subject => subject.HostFiles).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>What the authors of the subjects foresee, as expectations that count after the matrix's.</summary>
    public static IEnumerable<Expectation> Foreseen(IReadOnlyList<ProbeEntry> entries) =>
        entries.SelectMany(entry => entry.Subjects).SelectMany(subject => subject.Foreseen.Select(foresight =>
            new Expectation(
                subject.At, [foresight.Cases], [], null, foresight.Status, null, null, null, foresight.Why, null, null)
            {
                ButOn = foresight.ButOn,
                MayPass = true,
                AlsoForeseen = foresight.AlsoForeseen,
            }));

    private static IReadOnlyList<ProbeEntry> Named(ProbeList probes, ProbeOptionValues options)
    {
        var problems = new List<string>();
        var entries = new List<ProbeEntry>();
        foreach (var probe in probes.All)
        {
            if (probe.Input?.Read(options, problems) is { Count: > 0 } subjects)
            {
                entries.Add(new ProbeEntry(probe, subjects, []));
            }
        }
        return problems.Count == 0
            ? ProbeEntry.Distinct(entries)
            : throw new UsageException(string.Join('\n', problems));
    }
}
