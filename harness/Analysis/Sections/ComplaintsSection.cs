using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>What kernels complained of as it was foreseen. What was not is among all that is not as expected.</summary>
internal static class ComplaintsSection
{
    public static Section? Of(RunDocument document)
    {
        var items = document.Kernels.SelectMany(k => Items(k, foreseen: true)).ToList();
        return items.Count == 0 ? null : new Section("Complaints that were foreseen", new Block.Points(items));
    }

    /// <summary>A point for each complaint of a kernel that was foreseen, or for each that was not.</summary>
    public static IEnumerable<Item> Items(KernelResult kernel, bool foreseen) => kernel.Complaints
        .Where(complaint => complaint.AsExpected == foreseen)
        .Select(complaint => new Item(new Sentence(
            Phrase.Code(kernel.Id), ": ", Phrase.Strong("complained"), $": {Words.Of(complaint)}")));
}
