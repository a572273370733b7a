using System.Text.Json;
using Harness.Processes;
using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>A run of the harness in which something was broken.</summary>
/// <param name="Directory">The run directory.</param>
internal sealed record FaultRun(FinishedCommand Result, string Directory)
{
    private RunDocument? _document;

    /// <summary>What the run has written; reading it fails when there are no results.</summary>
    public RunDocument Document
    {
        get => _document ??= ResultsFile.Read(Directory);
        init => _document = value;
    }

    public KernelResult Row(string id) => Document.Kernels.Single(kernel => kernel.Id == id);

    /// <summary>Every kernel of the clean run has the same row, and its console and report are there.</summary>
    /// <param name="others">The ids of all further rows.</param>
    public void AssertRest(RunDocument clean, IEnumerable<string> others)
    {
        Assert.That(Document.Run.Complete, Is.True);
        Assert.That(Document.Kernels.Select(kernel => kernel.Id),
            Is.EquivalentTo(clean.Kernels.Select(kernel => kernel.Id).Concat(others)));
        foreach (var kernel in clean.Kernels)
        {
            Assert.That(Comparable(Row(kernel.Id)), Is.EqualTo(Comparable(kernel)));
            foreach (var file in new[] { kernel.Console!, $"ktap/{kernel.Id}.ktap" })
            {
                Assert.That(new FileInfo(Path.Combine(Directory, file)),
                    Has.Property("Exists").True.And.Property("Length").GreaterThan(0L), file);
            }
        }
    }

    /// <summary>
    /// A row without its times, which differ from run to run, and whether a snapshot of the kernel was there.
    /// </summary>
    public static string Comparable(KernelResult row) => JsonSerializer.Serialize(
        CaseTimes.Without(row) with
        {
            Seconds = 0,
            ProbeSeconds = null,
            StartedAt = null,
            BootSeconds = null,
            Warm = false,
            Waited = false,
        },
        ResultsJson.Indented.KernelResult);
}
