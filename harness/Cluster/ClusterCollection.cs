using System.Globalization;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Shards;

namespace Harness.Cluster;

/// <summary>Joins the runs of elements to one, with rows for the kernels of those that have none.</summary>
internal sealed class ClusterCollection(ClusterDirectory directory, ClusterJob job, ProbeList probes)
{
    /// <summary>Bytes at the end of what an element has printed: more than its last lines take.</summary>
    private const int TailLength = 64 << 10;

    /// <summary>The run before any kernel was tested.</summary>
    private readonly RunDocument _planned = probes.Read(directory.Planned);

    /// <summary>Joins the runs, and writes the joined one but for its reports.</summary>
    /// <param name="elements">How each stands in the end.</param>
    /// <exception cref="ResultsException">The results of an element cannot be read.</exception>
    /// <exception cref="UsageException">Elements have asked other things.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public MergedRun Collect(IReadOnlyList<ElementStand> elements)
    {
        var reader = new ShardReader(probes);
        var tested = elements.Where(e => e.Phase == ElementPhase.Finished)
            .ToDictionary(e => e.Share.Index, e => reader.Read(ShardOf(e)));
        var info = tested.Count > 0 ? tested.Values.First().Document.Run : _planned.Run;
        var merged = RunMerge.Of(
            [.. elements.Select(e => tested.GetValueOrDefault(e.Share.Index) ?? Untested(e, info))], job.RunId, probes);
        var run = merged.Document.Run;
        merged = merged with
        {
            Document = merged.Document with { Run = run with { Notes = [.. run.Notes, .. Losses()] } },
        };
        MergedDirectory.Write(merged, directory.Path);
        return merged;
    }

    private string ShardOf(ElementStand element) => directory.Shard(element.Share.Index, element.Attempt);

    /// <summary>What a reader should know: which kernels were tried again, and why.</summary>
    private IEnumerable<string> Losses() => job.Losses.Select(loss => string.Create(CultureInfo.InvariantCulture,
        $"shard {loss.Share}/{job.Of} ({string.Join(", ", KernelsOf(loss.Share))}), attempt {loss.Attempt}:")
        + $" {loss.Reason}; it was tried again");

    private IReadOnlyList<string> KernelsOf(int share) => job.Shares.First(s => s.Index == share).Kernels;

    /// <summary>
    /// The run of an element that has not come to its end: what its last attempt has finished, and rows that say why
    /// the other kernels were not tested.
    /// </summary>
    private ShardRun Untested(ElementStand element, RunInfo info)
    {
        var run = ShardOf(element);
        var finished = Finished(run);
        var own = element.Share.Kernels.ToHashSet(StringComparer.Ordinal);
        return new ShardRun(run, new RunDocument(
            RunDocument.CurrentSchemaVersion, info,
            [
                .. _planned.Kernels.Where(k => own.Contains(k.Id))
                    .Select(k => finished.GetValueOrDefault(k.Id) ?? Row(k, element)),
            ],
            [])
        {
            Shard = new ShardInfo(element.Share.Index, job.Of, []),
        });
    }

    private KernelResult Row(KernelResult planned, ElementStand element)
    {
        if (element.Phase == ElementPhase.Cancelled)
        {
            return planned;
        }
        var attempts = element.Attempt == 1 ? "" : string.Create(
            CultureInfo.InvariantCulture, $" in {element.Attempt} attempts; in the last");
        return planned with
        {
            Status = KernelStatus.InfraError,
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"its element of the {job.Engine} job, {element.Share.Index} of {job.Of}, failed{attempts}: ")
                + element.Reason,
            ConsoleExcerpt = ConsoleTail.Of(Tail(directory.Output(element.Share.Index, element.Attempt)), null),
        };
    }

    /// <summary>The kernels that a run has answered for, which did not come to its end.</summary>
    private static Dictionary<string, KernelResult> Finished(string run)
    {
        try
        {
            return Journal.Read(run).Kernels.Where(ResumeRules.Stands).ToDictionary(k => k.Id, StringComparer.Ordinal);
        }
        catch (HarnessException)
        {
            return []; // It has not begun, or still writes somewhere that is cut off.
        }
    }

    private static string Tail(string path)
    {
        try
        {
            using var file = Files.OpenRegular(path, share: FileShare.ReadWrite);
            file.Seek(-Math.Min(file.Length, TailLength), SeekOrigin.End);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            return ""; // It was never on a node.
        }
    }
}
