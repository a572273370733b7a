using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Results;

/// <summary>results.json is written and read piece by piece, and rows share what they have in common.</summary>
public sealed class ResultsRoundTripProperties
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };
    private static readonly string[] _texts = ["a reason", "\"\\\n\t", "é 𐍈 \u2028", "", "</script>", "{\"id\": [1,"];

    private static Gen<double?> Seconds => Gen.Elements<double?>(null, 0, 0.000019, 2.25, 1234.567);

    private static Gen<CaseResult> Cases =>
        from status in Gen.Elements(Enum.GetValues<CaseStatus>())
        from text in Gen.Elements(_texts)
        from evidence in Gen.Elements([.. _texts, new string('x', CaseEvidence.MostBytes)])
        from asExpected in Gen.Elements(true, false)
        select Samples.Case("raw.x", status) with { Reason = text, Evidence = evidence, AsExpected = asExpected };

    private static Gen<KernelResult> Kernels =>
        from cases in Gen.Choose(0, 20).SelectMany(count => Cases.ArrayOf(count))
        from times in Seconds.ArrayOf(cases.Length)
        from timed in Gen.Elements(true, false)
        from text in Gen.Elements(_texts)
        select Samples.Kernel("6.1.1", [.. cases.Select((c, i) => c with { Id = $"raw.{i:00}" })]) with
        {
            Note = text,
            CaseStarts = timed ? times : null,
            CaseSeconds = timed ? [.. times.Reverse()] : null,
        };

    /// <summary>Up to 60 kernels, of which many have equal answers: more than a reader's buffer has room for.</summary>
    private static Gen<RunDocument> Documents =>
        from rows in Gen.Choose(1, 6).SelectMany(count => Kernels.ArrayOf(count))
        from repeated in Gen.Choose(1, 10)
        select Samples.Document(
        [
            .. Enumerable.Range(0, rows.Length * repeated)
                .Select(i => rows[i % rows.Length] with { Id = $"kernel-{i}", Version = $"6.1.{i}" }),
        ]);

    [Test]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(Documents.ToArbitrary(), document =>
        {
            using var directory = new TemporaryDirectory();
            var text = Written(directory, document);
            return Written(directory, ResultsFile.Read(directory.Path)) == text;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void It_is_read_alike_however_it_is_laid_out() =>
        Prop.ForAll(Documents.ToArbitrary(), document =>
        {
            using var directory = new TemporaryDirectory();
            var text = Written(directory, document);
            var json = JsonNode.Parse(text)!;
            return new[] { json.ToJsonString(), json.ToJsonString(_indented) }.All(other =>
            {
                directory.Write(ResultsFile.Name, other);
                return Written(directory, ResultsFile.Read(directory.Path)) == text;
            });
        }).QuickCheckThrowOnFailure();

    private static string Written(TemporaryDirectory directory, RunDocument document)
    {
        ResultsFile.Write(directory[ResultsFile.Name], document);
        return File.ReadAllText(directory[ResultsFile.Name]);
    }
}
