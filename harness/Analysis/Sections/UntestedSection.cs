using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>The kernels that could not be tested to their end, and why.</summary>
internal static class UntestedSection
{
    public static Section? Of(RunDocument document)
    {
        var kernels = document.Kernels.Where(k => k.Status != KernelStatus.Tested)
            .Select(k => new UntestedKernel(k.Id, Words.Of(k.Status), k.Reason, k.Console, k.ConsoleExcerpt)).ToList();
        return kernels.Count == 0 ? null : new Section("Could not be tested", new Block.Untested(kernels));
    }
}
