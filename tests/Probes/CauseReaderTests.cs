using Harness.Probes;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Probes;

/// <summary>causes.yaml is read strictly, and each error names its place.</summary>
public sealed class CauseReaderTests
{
    private static readonly CauseReader _reader = new(InnerMapsProbe.Instance.Steps, InnerMapsProbe.Instance.Ids);

    private const string Whole = """
        causes:
          - id: rule
            cases: ["raw.*.{array,hash}.struct.none"]
            versions: ">=5.15 <6.2"
            status: fail
            outcome: reject
            steps: [update, object_load]
            errno: EINVAL
            reason: "*of a kptr*"
            evidence: "^unknown func (?<helper>[a-z_]+)#[0-9]+$"
            siblings: { struct.struct: accept, bytes.bytes.values: skip }
            cause: why {helper}
            source: where
            workarounds:
              - { question: bytes.none, text: do so. }
        """;

    [Test]
    public void The_rules_that_the_harness_comes_with_are_readable()
    {
        var rules = InnerMapsProbe.Instance.Causes.Value;
        Assert.That(rules, Is.Not.Empty);
        Assert.That(rules.Select(r => r.Id), Is.Unique);
        Assert.That(rules.SelectMany(r => new[] { r.Cause, r.Source }), Has.None.Contain("\n"));
        Assert.That(rules.Select(r => r.Cause), Is.All.Match(@"^[A-Z0-9a-z_(]").And.All.EndsWith("."));
        Assert.That(rules.SelectMany(r => r.Workarounds).Select(w => w.Text),
            Is.All.Match(@"^[a-z]").And.All.EndsWith("."));
    }

    [Test]
    public void Every_key_is_read()
    {
        var rule = _reader.Parse("c.yaml", Whole).Single();
        Assert.That(
            (rule.Id, rule.Cases.Single().Pattern, rule.Versions!.ToString(), rule.Status, rule.Outcome, rule.Errno,
                rule.Reason!.Pattern, rule.Cause, rule.Source),
            Is.EqualTo(
                ("rule", "raw.*.{array,hash}.struct.none", ">=5.15 <6.2", CaseStatus.Fail, (Outcome?)Outcome.Reject,
                    "EINVAL", "*of a kptr*", "why {helper}", "where")));
        Assert.That(rule.Steps, Is.EqualTo(new[] { "update", "object_load" }));
        Assert.That(rule.Siblings,
            Is.EqualTo(
                new[] { new SiblingEvidence("struct.struct", Outcome.Accept, null),
                    new SiblingEvidence("bytes.bytes.values", null, CaseStatus.Skip) }));
        Assert.That(rule.Workarounds, Is.EqualTo(new[] { new Workaround("bytes.none", "do so.") }));
    }

    [Test]
    public void What_the_evidence_names_stands_in_the_cause()
    {
        var rule = _reader.Parse("c.yaml", Whole).Single();
        var said = Samples.Case("raw.a.array.struct.none", CaseStatus.Fail) with
        {
            Evidence = "1: (85) call bpf_send_signal#109\nunknown func bpf_send_signal#109\nprocessed 2 insns",
        };
        Assert.That(rule.Evidence!.IsIn(said.Evidence));
        Assert.That(rule.CauseOf(said), Is.EqualTo("why bpf_send_signal"));
        Assert.That(rule.Evidence.IsIn("unknown func 7"), Is.False);
        Assert.That(rule.Evidence.IsIn(null), Is.False, "a case without evidence shows nothing");
    }

    [Test]
    public void What_a_guest_put_into_its_evidence_is_one_short_line_of_a_cause()
    {
        var pattern = EvidencePattern.Parse("(?<all>[\\s\\S]*)", "all of {all}");
        Assert.That(pattern.Fill("all of {all}", "a\nb\u001b[31m\u202e"), Is.EqualTo("all of a?b?[31m?"));
        Assert.That(pattern.Fill("all of {all}", new string('x', 9_000)), Has.Length.EqualTo(108).And.EndsWith("x…"));
    }

    [Test]
    public void A_number_in_the_evidence_may_have_its_name_in_the_cause()
    {
        const string Cause = "helper {number|helpers} is not there";
        var tables = new Dictionary<string, IReadOnlyList<string>> { ["helpers"] = ["none", "bpf_first"] };
        var pattern = EvidencePattern.Parse("#(?<number>[0-9]+)", Cause, tables);
        Assert.That(pattern.Fill(Cause, "func#1"), Is.EqualTo("helper bpf_first is not there"));
        Assert.That(pattern.Fill(Cause, "func#2"), Is.EqualTo("helper number 2 is not there"));
        Assert.That(pattern.Fill(Cause, "func#99999999999"), Is.EqualTo("helper number 99999999999 is not there"));
        Assert.That(() => EvidencePattern.Parse("#(?<number>[0-9]+)", Cause),
            Throws.TypeOf<FormatException>().With.Message.Contains("there is no table 'helpers'"));
    }

    [Test]
    public void A_pattern_of_evidence_takes_time_in_proportion_to_it()
    {
        var pattern = EvidencePattern.Parse("^(a+)+$", "");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(pattern.IsIn(new string('a', 8_000) + "!"), Is.False);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [TestCase("- id: rule", "- name: rule", "c.yaml:2:5", "unknown key 'name'")]
    [TestCase("id: rule", "id: ' '", "c.yaml:2:9", "a rule has an id")]
    [TestCase("""["raw.*.{array,hash}.struct.none"]""", "[]", "c.yaml:3:12", "names cases")]
    [TestCase("{array,hash}", "{array,hash", "c.yaml:3:13", "{ without }")]
    [TestCase("\">=5.15 <6.2\"", "someday", "c.yaml:4:15", "no condition on versions")]
    [TestCase("status: fail", "status: broken", "c.yaml:5:13", "'broken' is not known here")]
    [TestCase("status: fail", "status: pass", "c.yaml:5:13", "the status that it explains")]
    [TestCase("outcome: reject", "outcome: maybe", "c.yaml:6:14", "'maybe' is not known here")]
    [TestCase("object_load]", "landing]", "c.yaml:7:21", "'landing' is no step")]
    [TestCase("func (?<", "func ((?<", "c.yaml:10:15", "is no pattern of evidence")]
    [TestCase("^unknown", "(?=unknown)", "c.yaml:10:15", "is no pattern of evidence")]
    [TestCase("why {helper}", "why {kfunc}", "c.yaml:10:15", "the cause names {kfunc}")]
    [TestCase("struct.struct: accept", "struct.struct: 0", "c.yaml:11:32", "'0' is neither an outcome")]
    [TestCase("struct.struct: accept", "struct: accept", "c.yaml:11:25", "'struct' is no question")]
    [TestCase("cause: why {helper}", "cause: ''", "c.yaml:12:12", "tells a cause")]
    [TestCase("source: where", "source: ''", "c.yaml:13:13", "names its source")]
    [TestCase("question: bytes.none, ", "", "c.yaml:15:9", "a workaround has a question")]
    [TestCase("question: bytes.none", "question: bytes", "c.yaml:15:9", "'bytes' is no question")]
    public void What_is_wrong_is_said_with_its_place(string part, string instead, string place, string message)
    {
        var text = Whole.Replace(part, instead, StringComparison.Ordinal);
        Assert.That(text, Is.Not.EqualTo(Whole), $"there is no '{part}' to replace");
        var error = Assert.Throws<YamlFileException>(() => _reader.Parse("c.yaml", text))!;
        Assert.That(error.Problems, Has.Some.StartWith(place + ":").And.Some.Contains(message),
            string.Join('\n', error.Problems));
    }

    [Test]
    public void An_id_stands_once()
    {
        var error =
            Assert.Throws<YamlFileException>(() =>
                _reader.Parse("c.yaml", Whole + "\n" + Whole["causes:\n".Length..]))!;
        Assert.That(error.Problems, Is.EqualTo(new[] { "c.yaml:16:9: the id 'rule' stands twice" }));
    }

    [Test]
    public void All_problems_are_told_at_once()
    {
        var error = Assert.Throws<YamlFileException>(() => _reader.Parse("c.yaml", "causes:\n  - id: a\n  -\n"))!;
        Assert.That(error.Problems, Has.Count.EqualTo(9), string.Join('\n', error.Problems));
    }
}
