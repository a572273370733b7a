using FsCheck;
using FsCheck.Fluent;
using Harness.Bisection;

namespace Harness.Tests.Bisection;

/// <summary>Histories as words: a letter a kernel in version order, <c>x</c> for one that cannot be tested.</summary>
public sealed class ReleaseSearchTests
{
    [TestCase("ab", 0, 1)]
    [TestCase("aab", 1, 2)]
    [TestCase("abb", 0, 1)]
    [TestCase("aaaaaaab", 6, 7)]
    [TestCase("abbbbbbb", 0, 1)]
    [TestCase("aaaaabbbbbbbbbbbbbbbbb", 4, 5)]
    public void The_two_neighbours_around_the_change_are_found(string history, int older, int newer)
    {
        var (answer, tests) = Search(history);
        Assert.That((answer.Older, answer.Newer, answer.Between.Count), Is.EqualTo((older, newer, 0)));
        Assert.That(tests, Is.LessThanOrEqualTo(Math.Ceiling(Math.Log2(history.Length))));
    }

    [Test]
    public void A_history_that_changes_more_than_once_gives_one_true_change()
    {
        var (answer, _) = Search("aabbaaabbb");
        Assert.That((answer.Older, answer.Newer), Is.EqualTo((1, 2)).Or.EqualTo((6, 7)));
    }

    [TestCase("aaxbb", 1, 3, new[] { 2 })]
    [TestCase("axxxb", 0, 4, new[] { 1, 2, 3 })]
    [TestCase("aacbb", 1, 3, new[] { 2 })]
    [TestCase("aaxcxbb", 1, 5, new[] { 2, 3, 4 })]
    public void What_tells_nothing_at_the_change_leaves_a_range(string history, int older, int newer, int[] between)
    {
        var (answer, _) = Search(history);
        Assert.That((answer.Older, answer.Newer), Is.EqualTo((older, newer)));
        Assert.That(answer.Between, Is.EqualTo(between));
    }

    [TestCase("aaxab", 3, 4)]
    [TestCase("abcbxb", 0, 1)]
    [TestCase("xaaxxxaab", 7, 8)]
    public void What_tells_nothing_elsewhere_is_stepped_around(string history, int older, int newer)
    {
        var (answer, _) = Search("a" + history[1..]);
        Assert.That((answer.Older, answer.Newer, answer.Between.Count), Is.EqualTo((older, newer, 0)));
    }

    [Test]
    public void The_first_test_is_in_the_middle_and_says_how_many_are_left()
    {
        var measured = new Measurement?[9];
        (measured[0], measured[8]) = (Of('a'), Of('b'));
        Assert.That(ReleaseSearch.Next(measured), Is.EqualTo(new SearchStep.Test(4, 3)));
        measured[4] = Of('x');
        Assert.That(ReleaseSearch.Next(measured), Is.EqualTo(new SearchStep.Test(3, 3)),
            "the next nearest to the middle");
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(3, 2)]
    [TestCase(20, 5)]
    [TestCase(31, 5)]
    [TestCase(32, 6)]
    public void Each_test_halves(int unknown, int left) =>
        Assert.That(ReleaseSearch.TestsLeft(unknown), Is.EqualTo(left));

    [Test]
    public void Ends_without_differing_verdicts_are_nothing_to_search_between()
    {
        Assert.That(() => ReleaseSearch.Next([Of('a'), Of('a')]), Throws.ArgumentException);
        Assert.That(() => ReleaseSearch.Next([Of('a'), Of('x')]), Throws.ArgumentException);
        Assert.That(() => ReleaseSearch.Next([Of('a'), null]), Throws.ArgumentException);
    }

    [Test]
    public void Whatever_the_history_the_answer_is_a_change_in_it() => Check(history =>
    {
        var (answer, tests) = Search(history);
        var inside = history[(answer.Older + 1)..answer.Newer];
        return history[answer.Older] == 'a' && history[answer.Newer] == 'b'
            && !inside.Contains('a', StringComparison.Ordinal) && !inside.Contains('b', StringComparison.Ordinal)
            && answer.Between.Count == inside.Length
            && tests <= Math.Ceiling(Math.Log2(history.Length)) + history.Count(c => c is 'c' or 'x');
    });

    [Test]
    public void Where_all_answer_the_tests_are_at_most_the_logarithm() => Check(history =>
    {
        var plain = history.Replace('x', 'a').Replace('c', 'b');
        var (answer, tests) = Search(plain);
        return answer.Between.Count == 0 && tests <= Math.Ceiling(Math.Log2(plain.Length));
    });

    /// <summary>What is known from elsewhere, in whatever place, never leads astray.</summary>
    [Test]
    public void Verdicts_known_before_are_used() => Check(history =>
    {
        var (answer, tests) = Search(history, known: i => i % 3 == 0);
        return history[answer.Older] == 'a' && history[answer.Newer] == 'b'
            && tests <= Search(history, known: _ => false).Tests + history.Length;
    });

    private static (SearchStep.Answer Answer, int Tests) Search(string history, Func<int, bool>? known = null)
    {
        var measured = history.Select((c, i) =>
            i == 0 || i == history.Length - 1 || known?.Invoke(i) == true ? Of(c) : null).ToArray();
        for (var tests = 0; ; tests++)
        {
            switch (ReleaseSearch.Next(measured))
            {
                case SearchStep.Answer answer:
                    return (answer, tests);
                case SearchStep.Test test:
                    Assert.That(measured[test.Place], Is.Null, "nothing is tested twice");
                    measured[test.Place] = Of(history[test.Place]);
                    break;
            }
        }
    }

    private static Measurement Of(char letter) => letter switch
    {
        'a' => new Measurement(new Verdict(Harness.Results.Outcome.Accept, null, null), null),
        'b' => new Measurement(new Verdict(Harness.Results.Outcome.Reject, "update", "EINVAL"), null),
        'c' => new Measurement(new Verdict(Harness.Results.Outcome.Reject, "update", "E2BIG"), null),
        _ => new Measurement(null, "boot failed: panic"),
    };

    private static void Check(Func<string, bool> holds)
    {
        var histories =
            from length in Gen.Choose(0, 40)
            from inside in Gen.Elements("aaabbbcx".ToCharArray()).ArrayOf(length)
            select $"a{new string(inside)}b";
        FsCheck.Fluent.Prop.ForAll(histories.ToArbitrary(), holds).QuickCheckThrowOnFailure();
    }
}
