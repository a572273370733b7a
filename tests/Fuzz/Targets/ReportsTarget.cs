using Harness.Analysis;
using Harness.Cli;
using Harness.Kernels;
using Harness.Results;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// The reports of a document, and its differences from another: whatever can be read can be reported and compared.
/// </summary>
internal sealed class ReportsTarget : FuzzTarget
{
    private readonly Scratch _scratch = new();
    private readonly RunDocument _other = ResultsFile.Read(Inputs.Run);

    public override int LongestInput => 16384;

    // A page has its style and its program in it.
    protected override long BytesAtLeast => 64 << 20;

    protected override long BytesForEach => 20_000;

    protected override void Run(byte[] input)
    {
        RunDocument document;
        try
        {
            document = ResultsFile.Read(_scratch.Write(ResultsFile.Name, input));
        }
        catch (ResultsException)
        {
            return;
        }
        var probes = Catalog.Default.Probes;
        var story = new RunStory(document, probes);
        foreach (var format in Catalog.Default.Formats)
        {
            format.WriteTo(story, Stream.Null);
        }
        var none = RunDiff.Of(document, document, KernelSources.Default.PlaceOf, probes);
        Require(none.Cases.Count == 0 && none.Kernels.Count == 0, "a run does not differ from itself");
        var changes = RunDiff.Of(_other, document, KernelSources.Default.PlaceOf, probes);
        var back = RunDiff.Of(document, _other, KernelSources.Default.PlaceOf, probes);
        Require(changes.Cases.Count == back.Cases.Count, "what changed changes back");
        Catalog.Default.Formats[0].WriteTo(new RunStory(document with { Baseline = changes }, probes), Stream.Null);
    }
}
