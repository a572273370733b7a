using System.Text;
using Harness.Probes.Object;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Object;

/// <summary>
/// Each rule explains what libbpf and real kernels said: tests/Fixtures/objects has their words, each file with the
/// cause that they must get.
/// </summary>
public sealed class ObjectCausesTests
{
    private static readonly string _fixtures = Path.Combine(Repository.Find().Path, "tests", "Fixtures", "objects");

    public static IEnumerable<string> Fixtures =>
        Directory.EnumerateFiles(_fixtures, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Fixtures))]
    public void What_was_said_gets_its_cause(string fixture)
    {
        var (fields, text) = Read(fixture);
        var said = Samples.Case(fields["case"], CaseStatus.Fail) with
        {
            Step = fields["step"],
            Errno = fields.GetValueOrDefault("errno"),
            Evidence = ObjectEvidence.Of(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text))),
        };
        var explained = Samples.Explain([Samples.Kernel(fields["kernel"], said)])[0].Cases[0];
        Assert.That(explained.Cause, Is.EqualTo(fields["cause"]), said.Evidence);
        var silent = Samples.Explain([Samples.Kernel(fields["kernel"], said with { Evidence = null })])[0].Cases[0];
        Assert.That(silent.Cause, Is.Null.Or.Not.EqualTo(fields["cause"]), "the evidence decides");
    }

    [Test]
    public void Each_rule_has_words_of_a_real_kernel() =>
        Assert.That(ObjectProbe.Instance.Causes.Value.Select(r => r.Id),
            Is.SubsetOf(Fixtures.Select(f => f[..f.LastIndexOf('-')])));

    [Test]
    public void Rules_are_sentences_with_sources()
    {
        var rules = ObjectProbe.Instance.Causes.Value;
        Assert.That(rules.Select(r => r.Id), Is.Unique);
        Assert.That(rules.Select(r => r.Cause), Has.None.Contain("\n").And.All.Match(@"[.}]$"));
        Assert.That(rules.Select(r => r.Source), Is.All.Match(@"\.c\b|kernel/bpf|libbpf|the kernel's own"));
    }

    private static (Dictionary<string, string> Fields, string Text) Read(string fixture)
    {
        var lines = File.ReadAllLines(Path.Combine(_fixtures, fixture + ".txt"));
        var head = lines.TakeWhile(l => l.StartsWith("# ", StringComparison.Ordinal)).ToList();
        var fields = head.Select(l => l[2..].Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return (fields, string.Join('\n', lines.Skip(head.Count)));
    }
}
