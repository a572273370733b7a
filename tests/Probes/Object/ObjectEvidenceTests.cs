using System.Text;
using Harness.Probes.Object;

namespace Harness.Tests.Probes.Object;

/// <summary>Of a long log the lines that say why.</summary>
public sealed class ObjectEvidenceTests
{
    private const string Begin = "libbpf: prog 'p': BPF program load failed: Permission denied\n"
        + "libbpf: prog 'p': -- BEGIN PROG LOAD LOG --\n";

    private const string End = "processed 7 insns (limit 1000000) max_states_per_insn 0\n-- END PROG LOAD LOG --\n"
        + "libbpf: prog 'p': failed to load: -13\nlibbpf: failed to load object '/objects/x.bpf.o'\n";

    [Test]
    public void The_last_lines_of_a_log_stand_between_libbpfs_own()
    {
        var log = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i}: (b7) r0 = 0\n")) + "R1 !read_ok\n";
        var lines = ObjectEvidence.Of(Begin + log + End)!.Split('\n');
        Assert.That(lines, Has.Length.EqualTo(14));
        Assert.That((lines[0], lines[1], lines[^2], lines[^1]), Is.EqualTo((
            "libbpf: prog 'p': BPF program load failed: Permission denied", "989: (b7) r0 = 0", "R1 !read_ok",
            "libbpf: prog 'p': failed to load: -13")));
    }

    [Test]
    public void A_log_whose_beginning_is_lost_is_read_to_its_end()
    {
        var log = string.Concat(Enumerable.Range(0, 100).Select(i => $"{i}: (b7) r0 = 0\n"));
        Assert.That(ObjectEvidence.Of("libbpf: prog 'p': BPF program load failed: -E2BIG\n" + log
            + "BPF program is too large. Processed 1000001 insn\n" + End), Does.Contain("\n99: (b7) r0 = 0\n"
                + "BPF program is too large. Processed 1000001 insn\nlibbpf: prog 'p': failed to load: -13"));
    }

    [Test]
    public void An_explanation_of_the_verifier_is_kept_with_the_complaint_above_it()
    {
        var log = string.Concat(Enumerable.Range(0, 100).Select(i => $"{i}: (b7) r0 = 0\n"))
            + "R1 invalid mem access 'scalar'\n\nVerification failed: Register Type Safety\n\n"
            + "Reason:\n  R1 is no pointer.\n"
            + string.Concat(Enumerable.Repeat("context\n", 15)) + "Suggestion:\n  Do otherwise.\n\n";
        var evidence = ObjectEvidence.Of(Begin + log + End);
        Assert.That(evidence, Does.Contain("R1 invalid mem access 'scalar'\n\nVerification failed").And
            .Contain("  Do otherwise.\nlibbpf: prog 'p': failed to load"));
        Assert.That(evidence, Does.Not.Contain("90: (b7)"));
    }

    [Test]
    public void The_log_of_types_that_are_optional_is_left_out_but_for_its_last_line()
    {
        const string Text = "libbpf: BTF loading error: -22\nlibbpf: -- BEGIN BTF LOAD LOG ---\nmagic: 0xeb9f\n"
            + "[1] PTR\n[35] ARRAY size overflows\n\n-- END BTF LOAD LOG --\n"
            + "libbpf: map 'm': failed to create: Invalid argument(-22)";
        Assert.That(ObjectEvidence.Of(Text), Is.EqualTo("libbpf: BTF loading error: -22\n[35] ARRAY size overflows\n"
            + "libbpf: map 'm': failed to create: Invalid argument(-22)"));
    }

    /// <summary>The same refusal is the same evidence in each boot, which reports tell once.</summary>
    [Test]
    public void Addresses_of_the_kernel_are_left_out() =>
        Assert.That(ObjectEvidence.Of(Begin + "0: (18) r1 = 0xffff8df4dff79510\n" + End),
            Does.Contain("0: (18) r1 = 0xffff…\n"));

    [Test]
    public void Nothing_said_is_no_evidence() => Assert.That(ObjectEvidence.Of("\n"), Is.Null);

    [Test]
    public void Whatever_a_guest_says_is_a_bounded_number_of_lines_of_bounded_length()
    {
        string[] texts =
        [
            string.Concat(Enumerable.Repeat("libbpf: prog 'p': warning\n", 30_000)),
            string.Concat(Enumerable.Repeat("-- END PROG LOAD LOG --\nlibbpf: x\n", 30_000)),
            new string('x', 1 << 20),
            "Verification failed:\n" + string.Concat(Enumerable.Repeat(new string('y', 1000) + "\n", 1000)),
            Encoding.Latin1.GetString([.. Enumerable.Range(0, 1 << 16).Select(i => (byte)i)]),
        ];
        foreach (var text in texts)
        {
            var lines = ObjectEvidence.Of(text)!.Split('\n');
            Assert.That(lines, Has.Length.LessThanOrEqualTo(60));
            Assert.That(lines.Select(l => l.Length), Is.All.LessThanOrEqualTo(301));
        }
    }

    [Test]
    public void Text_is_read_as_UTF_8() =>
        Assert.That(ObjectEvidence.Of(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("; /* größer → */"))),
            Is.EqualTo("; /* größer → */"));
}
