using Harness.Analysis;
using Harness.Reports;
using Harness.Results;

namespace Harness.Toys;

/// <summary><c>toy.txt</c>: a line for each kernel, with what it has.</summary>
internal static class ToyReport
{
    public static ReportFormat Format { get; } = ReportFormat.Small("toy", "toy.txt", Write);

    private static string Write(RunStory story) =>
        string.Concat(story.Document.Kernels.Select(kernel => $"{kernel.Id}: {string.Join(' ', Accepted(kernel))}\n"));

    private static IEnumerable<string> Accepted(KernelResult kernel) =>
        kernel.Cases.Where(c => c.Outcome == Outcome.Accept).Select(c => c.Id);
}
