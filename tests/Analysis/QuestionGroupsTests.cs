using Harness.Analysis;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Story;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>Questions beyond the first screen's, a sentence for each group of them.</summary>
public sealed class QuestionGroupsTests
{
    private const string Title = "Further questions, in a sentence each";
    private const string Keyless = "raw.array_of_maps.hash.struct.struct.value_btf_only";
    private const string Moved = "raw.array_of_maps.array.workqueue.workqueue.other_offset";
    private const string OneObject = "raw.array_of_maps.array.spin_lock.spin_lock.same_btf";
    private const string Struct = "raw.array_of_maps.array.struct.none";

    private static readonly RunDocument _document = Samples.Document(
        Samples.Kernel("5.10.1",
            Samples.Case(Keyless, CaseStatus.Skip), Samples.Case(Moved, CaseStatus.Skip),
            Samples.Case(OneObject, CaseStatus.Fail), Samples.Case(Struct)),
        Samples.Kernel("6.1.1",
            Samples.Case(Keyless, CaseStatus.Skip), Samples.Case(Moved, CaseStatus.Skip),
            Samples.Case(OneObject, CaseStatus.Fail), Samples.Case(Struct, CaseStatus.Fail)),
        Samples.Kernel("6.12.1",
            Samples.Case(Keyless, CaseStatus.Skip), Samples.Case(Moved), Samples.Case(OneObject),
            Samples.Case(Struct)));

    [Test]
    public void A_group_says_where_it_fails_and_who_cannot_be_asked() =>
        Assert.That(Sentences(_document), Is.EqualTo(new[]
        {
            "A special field (lock, timer, list, tree, count, work, pointer) in both maps or in one (2 cases): "
                + "1 not as wanted on 5.10.1 to 6.1.1, else as wanted.",
            "Such a field elsewhere in the value, pointing to another type, or standing there twice (1 case): "
                + "as wanted on 6.12.1; 5.10.1 to 6.1.1 cannot be asked.",
            "One BTF object for both maps, or two that say the same (1 case): "
                + "1 not as wanted on 5.10.1 to 6.1.1, else as wanted.",
            "BTF of the value and none of the key, or a key of another kind (1 case): "
                + "no kernel has what they need.",
        }));

    [Test]
    public void The_first_screen_has_no_more_than_before()
    {
        var withoutGroups = _document with
        {
            Kernels =
            [
                .. _document.Kernels.Select(k => k with { Cases = [.. k.Cases.Where(c => c.Id == Struct)] }),
            ],
        };
        Assert.That(Sentences(withoutGroups), Is.Empty);
        Assert.That(new RunStory(_document, Samples.Probes).Summary.Answers,
            Is.EqualTo(new RunStory(withoutGroups, Samples.Probes).Summary.Answers));
    }

    [Test]
    public void The_further_questions_of_a_real_run_all_belong_to_a_group()
    {
        var ungrouped = CauseCapturedRun.Default[0].Cases.Select(c => c.Id)
            .Where(id => id.Contains("uptr", StringComparison.Ordinal)
                || id.EndsWith(".same_btf", StringComparison.Ordinal)
                || id.Contains("value_btf_only", StringComparison.Ordinal)
                || id.Contains(".outer_", StringComparison.Ordinal)
                || id.Contains(".exclusive_", StringComparison.Ordinal)
                || id.EndsWith("_both", StringComparison.Ordinal)
                || id.Contains("entries", StringComparison.Ordinal))
            .Where(id => !InnerMapsProbe.Instance.Groups.Any(g => g.Has(id)));
        Assert.That(ungrouped, Is.Empty);
    }

    private static IEnumerable<string> Sentences(RunDocument document) =>
        new RunStory(document, Samples.Probes).Details
            .Where(s => s.Title?.Words == Title)
            .SelectMany(s => s.Blocks).OfType<Block.Points>().SelectMany(p => p.Items).Select(i => i.Text.Words);
}
