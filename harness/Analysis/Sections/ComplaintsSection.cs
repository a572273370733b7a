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

    /// <summary>A point for each text of a kernel's complaints that were foreseen, or that were not.</summary>
    public static IEnumerable<Item> Items(KernelResult kernel, bool foreseen) => kernel.Complaints
        .Where(complaint => complaint.AsExpected == foreseen)
        .GroupBy(complaint => complaint.Text)
        .Select(same => new Item(new Sentence(
            Phrase.Code(kernel.Id), ": ",
            Phrase.Strong(same.Count() == 1 ? "complained" : $"complained {same.Count()} times"),
            $": {Words.Of(same.First())}")));
}
