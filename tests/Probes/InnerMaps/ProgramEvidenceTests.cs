using Harness.Ktap;
using Harness.Probes.InnerMaps;

namespace Harness.Tests.Probes.InnerMaps;

/// <summary>What the prober hands on with a case that did not go as wanted is the case's evidence.</summary>
public sealed class ProgramEvidenceTests
{
    private const string Report = """
        KTAP version 1
        # prober protocol=1 nonce=n release=6.12.43 machine=x86_64 cases=2
        1..2
        # text raw.a value |wanted 0x1007 of index 7, read no element
        not ok 1 raw.a # want=accept outcome=reject step=value
        ok 2 raw.b # want=accept outcome=accept
        # end nonce=n count=2

        """;

    [Test]
    public void A_text_is_evidence_of_the_case_that_failed() => Assert.That(
        InnerMapsProbe.Instance.Interpret(ProbeReport.Read(Report, "n")).Select(c => c.Evidence),
        Is.EqualTo(new[] { "wanted 0x1007 of index 7, read no element", null }));
}
