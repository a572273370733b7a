using Harness.Ktap;
using Harness.Probes.Object;

namespace Harness.Tests.Probes.Object;

/// <summary>A program's report becomes cases with evidence and numbers, and files.</summary>
public sealed class ObjectReportTests
{
    private static readonly ProbeReport _report = ProbeReport.Read(
        """
        KTAP version 1
        # prober protocol=1 nonce=n release=6.1.1 machine=x86_64 cases=3
        1..3
        # text object.x.load libbpf |libbpf: map 'm': failed to create: -EINVAL
        # text object.x.load libbpf |libbpf: failed to load object 'x'
        not ok 1 object.x.load # want=accept outcome=reject step=map errno=EINVAL
        # text object.x.prog.p libbpf |libbpf: map 'm': failed to create: -EINVAL
        # text object.x.prog.p facts |verified_insns 57
        # text object.x.prog.p facts |stack 99999999999999999999999
        # text object.x.prog.p facts |UPPER 7
        ok 2 object.x.prog.p # want=accept outcome=accept
        # text object.x.attach.p libbpf |libbpf: no target
        ok 3 object.x.attach.p # SKIP want=accept outcome=null step=attach reason=no target
        # end nonce=n count=3

        """, "n");

    [Test]
    public void What_was_not_taken_has_evidence()
    {
        Assert.That(_report.IsWhole, _report.Problem);
        Assert.That(ObjectReport.Interpret(_report).Select(c => (c.Id, c.Evidence)), Is.EqualTo(new[]
        {
            ("object.x.load", "libbpf: map 'm': failed to create: -EINVAL"),
            ("object.x.prog.p", (string?)null),
            ("object.x.attach.p", "libbpf: no target"),
        }));
    }

    [Test]
    public void Numbers_are_read_and_what_is_none_is_left_out() =>
        Assert.That(ObjectReport.Interpret(_report).Select(c => c.Numbers), Is.EqualTo(new[]
        {
            new Dictionary<string, long>(),
            new Dictionary<string, long> { ["verified_insns"] = 57 },
            new Dictionary<string, long>(),
        }));

    [Test]
    public void All_of_what_was_said_of_a_refusal_is_kept_as_a_file() =>
        Assert.That(ObjectReport.Files(_report).Select(f => (f.Case, f.Name, f.Text)), Is.EqualTo(new[]
        {
            ("object.x.load", "libbpf",
                "libbpf: map 'm': failed to create: -EINVAL\nlibbpf: failed to load object 'x'\n"),
            ("object.x.attach.p", "libbpf", "libbpf: no target\n"),
        }));
}
