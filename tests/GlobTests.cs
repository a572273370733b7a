using CliWrap;
using FsCheck;
using FsCheck.Fluent;
using Harness.Processes;

namespace Harness.Tests;

public sealed class GlobTests
{
    [TestCase("debian-6.1.*", "debian-6.1.192-2-cloud-amd64", true)]
    [TestCase("debian-6.1.*", "debian-6.12.43-1-cloud-amd64", false)]
    [TestCase("raw.*.none", "raw.array_of_maps.array.struct.none", true)]
    [TestCase("raw.?.none", "raw.a.none", true)]
    [TestCase("raw.?.none", "raw..none", false)]
    [TestCase("raw", "raw.a", false)]
    [TestCase("RAW.*", "raw.a", false)]
    [TestCase("*", "", true)]
    [TestCase("", "", true)]
    [TestCase("", "a", false)]
    [TestCase("a+b(c)$", "a+b(c)$", true)]
    [TestCase("6.1", "6x1", false)]
    public void Wildcards_are_the_shells(string pattern, string text, bool matches) =>
        Assert.That(new Glob(pattern).Matches(text), Is.EqualTo(matches));

    [TestCase("{array,hash}.none", "array.none hash.none")]
    [TestCase("a{,.b}", "a a.b")]
    [TestCase("{a,b{c,d}}e", "ae bce bde")]
    [TestCase("{a,b}.{c,d}", "a.c a.d b.c b.d")]
    [TestCase("{only}", "only")]
    [TestCase("{a,[bc]}*", "a* [bc]*")]
    public void Braces_are_alternatives(string pattern, string alternatives) =>
        Assert.That(new Glob(pattern).Alternatives, Is.EqualTo(alternatives.Split(' ')));

    [TestCase("[abc]", "b", true)]
    [TestCase("[a-c]x", "bx", true)]
    [TestCase("[!a-c]", "b", false)]
    [TestCase("[^a-c]", "d", true)]
    [TestCase("[^a-c]", "^", true)]
    [TestCase("[a^]", "^", true)]
    [TestCase("[]a]", "]", true)]
    [TestCase("[!]a]", "]", false)]
    [TestCase("[!]a]", "b", true)]
    [TestCase("[a-]", "-", true)]
    [TestCase("[.]", "x", false)]
    public void Brackets_are_sets(string pattern, string text, bool matches) =>
        Assert.That(new Glob(pattern).Matches(text), Is.EqualTo(matches));

    [TestCase("raw.*", "*.none", true)]
    [TestCase("raw.*", "libbpf.*", false)]
    [TestCase("*.clang-{9,10}", "libbpf.a.clang-*", true)]
    [TestCase("*.clang-{9,10}.x", "libbpf.a.clang-*", true)]
    [TestCase("*.clang-9.x", "libbpf.a.clang-*.y", false)]
    [TestCase("a?c", "ab[!d]", true)]
    [TestCase("a[b-d]", "a[!b-d]", false)]
    [TestCase("a", "a?", false)]
    public void Patterns_overlap_where_some_text_is_of_both(string one, string other, bool overlap)
    {
        Assert.That(new Glob(one).Overlaps(new Glob(other)), Is.EqualTo(overlap));
        Assert.That(new Glob(other).Overlaps(new Glob(one)), Is.EqualTo(overlap));
    }

    [Test]
    public void Patterns_that_match_the_same_text_overlap()
    {
        var patterns = Gen.Elements("a", "b", "*", "?", "{a,b}", "[!a]", "[ab]").ListOf(4).Select(string.Concat);
        var texts = Gen.Elements("a", "b", "c").ListOf(4).Select(string.Concat);
        Prop.ForAll(patterns.ToArbitrary(), patterns.ToArbitrary(), texts.ToArbitrary(), (one, other, text) =>
            !new Glob(one).Matches(text) || !new Glob(other).Matches(text) || new Glob(one).Overlaps(new Glob(other)))
                .QuickCheckThrowOnFailure();
    }

    [TestCase("raw.[", "'raw.[' has a [ without ]")]
    [TestCase("raw.[]", "'raw.[]' has a [ without ]")]
    [TestCase("raw.[!]", "'raw.[!]' has a [ without ]")]
    [TestCase("raw.{a,b", "'raw.{a,b' has a { without }")]
    [TestCase("raw.a}", "'raw.a}' has a } without {")]
    [TestCase("raw.[z-a]", "'raw.[z-a]' has a set that is not understood: [z-a]")]
    [TestCase("[[:alpha:]]", "'[[:alpha:]]' has a set that is not understood: [[:alpha:]")]
    [TestCase("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
        "'{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}' stands for more than 1000 patterns")]
    [TestCase(@"raw.\*", @"'raw.\*' has a backslash, which no id has")]
    public void What_is_no_pattern_is_refused(string pattern, string message) =>
        Assert.That(() => new Glob(pattern), Throws.TypeOf<FormatException>().With.Message.EqualTo(message));

    [Test]
    public void Braces_are_not_read_in_each_other_without_end() => Assert.That(
        () => new Glob(new string('{', 101) + new string('}', 101)),
        Throws.TypeOf<FormatException>().With.Message.EqualTo("a pattern has more than 100 pairs of braces"));

    [Test]
    public void An_id_matches_itself_and_nothing_else()
    {
        var ids = Gen.Elements("raw", "libbpf", "array_of_maps", "6.1.192-2~bpo12+1", "a").NonEmptyListOf()
            .Select(parts => string.Join('.', parts));
        Prop.ForAll(ids.ToArbitrary(), ids.ToArbitrary(), (id, other) =>
            new Glob(id).Matches(id) && new Glob(id).Matches(other) == (id == other)).QuickCheckThrowOnFailure();
    }

    [Test]
    public void Alternatives_match_what_the_whole_matches()
    {
        var patterns = Gen.Elements("a", "b", "*", "?", "{a,b}", "{,b*}", "[ab]").ListOf(5).Select(string.Concat);
        var texts = Gen.Elements("a", "b", "c").ListOf(6).Select(string.Concat);
        Prop.ForAll(patterns.ToArbitrary(), texts.ToArbitrary(), (pattern, text) =>
            new Glob(pattern).Matches(text) == new Glob(pattern).Alternatives.Any(a => new Glob(a).Matches(text)))
                .QuickCheckThrowOnFailure();
    }

    /// <summary>
    /// The prober's fnmatch(3) and a shell's pattern matching mean the same where there is neither brace nor backslash.
    /// </summary>
    [Test]
    public async Task A_shell_agrees()
    {
        var patterns = Gen.Elements("a", "b", ".", "*", "?", "[a-c]", "[!a]", "[^b]", "[]x]", "[.-]", "+", "^", "$",
            "|").ListOf(4).Select(string.Concat);
        var texts = Gen.Elements("a", "b", "c", "x", ".", "-", "]", "+", "^").ListOf(3).Select(string.Concat);
        var pairs = Gen.Zip(patterns, texts).Sample(400).ToList();
        var said = await new Command("bash")
            .WithArguments(["-c", "while (($#)); do [[ $2 == $1 ]] && echo 1 || echo 0; shift 2; done", "bash",
                .. pairs.SelectMany(p => new[] { p.Item1, p.Item2 })])
            .WithEnvironmentVariable("LC_ALL", "C")
            .RunAsync(CancellationToken.None);
        var answers = said.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line == "1");
        Assert.That(pairs.Select(p => (p.Item1, p.Item2, new Glob(p.Item1).Matches(p.Item2))),
            Is.EqualTo(pairs.Zip(answers, (p, answer) => (p.Item1, p.Item2, answer))));
    }
}
