using FsCheck;
using FsCheck.Fluent;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

public sealed class CasePatternsTests
{
    private static readonly string[] _universe =
    [
        .. from outer in new[] { "array_of_maps", "hash_of_maps" }
           from inner in new[] { "array", "hash", "lru_hash" }
           from pair in new[] { "none.none", "struct.none", "none.struct", "struct.struct" }
           from variant in new[] { "", ".max_entries", ".values.clang-14" }
           from layer in new[] { "raw", "libbpf" }
           select $"{layer}.{outer}.{inner}.{pair}{variant}",
    ];

    [Test]
    public void A_question_of_every_type_is_one_line() => Assert.That(
        Samples.Patterns(
            _universe.Where(id =>
                id.StartsWith("raw.", StringComparison.Ordinal)
                    && id.EndsWith("struct.none", StringComparison.Ordinal))),
        Is.EqualTo(new[] { "raw.{array_of_maps,hash_of_maps}.{array,hash,lru_hash}.struct.none" }));

    [Test]
    public void A_case_with_and_without_a_variant_is_one_line() =>
        Assert.That(
            Samples.Patterns(["raw.array_of_maps.array.none.none", "raw.array_of_maps.array.none.none.max_entries"]),
            Is.EqualTo(new[] { "raw.array_of_maps.array.none.none{,.max_entries}" }));

    [Test]
    public void What_is_no_whole_box_takes_several_lines() =>
        Assert.That(Samples.Patterns(["raw.array_of_maps.array.struct.none", "raw.hash_of_maps.hash.struct.none"]),
            Is.EqualTo(new[] { "raw.array_of_maps.array.struct.none", "raw.hash_of_maps.hash.struct.none" }));

    [Test]
    public void Ids_of_another_form_are_listed() =>
        Assert.That(Samples.Patterns(["odd", "raw.array_of_maps.array.none.none"]),
            Is.EqualTo(new[] { "odd", "raw.array_of_maps.array.none.none" }));

    [Test]
    public void No_cases_no_patterns() => Assert.That(Samples.Patterns([]), Is.Empty);

    [Test]
    public void Patterns_match_the_cases_they_stand_for_and_no_other() =>
        Prop.ForAll(Gen.SubListOf(_universe).ToArbitrary(), ids =>
        {
            var globs = Samples.Patterns(ids).Select(p => new Glob(p)).ToList();
            return _universe.Where(id => globs.Any(g => g.Matches(id))).ToHashSet().SetEquals(ids)
                && ids.All(id => globs.Count(g => g.Matches(id)) == 1);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void The_order_of_the_ids_does_not_matter() =>
        Prop.ForAll(Gen.SubListOf(_universe).ToArbitrary(), ids =>
            Samples.Patterns(ids).SequenceEqual(Samples.Patterns(Enumerable.Reverse(ids)))).QuickCheckThrowOnFailure();
}
