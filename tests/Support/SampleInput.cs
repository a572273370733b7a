using Harness.Probes;
using Harness.Results;
using Harness.Yaml;

namespace Harness.Tests.Support;

/// <summary>A probe that takes words from users: <c>sample: WORD</c>, <c>--sample WORD</c>, <c>--loud</c>.</summary>
internal sealed class SampleInput : IProbeInput
{
    public static Probe Probe { get; } = ToyProbe.Instance with
    {
        Name = "sample",
        Layers = ["sample"],
        Input = new SampleInput(),
    };

    public YamlKey Key { get; } = new("sample", typeof(string), "A word.");

    public IReadOnlyList<YamlKey> FurtherKeys { get; } = [new("loud", typeof(string), "Whether it is shouted.")];

    public IReadOnlyList<ProbeOption> Options { get; } =
        [new("--sample", "WORD", "A word") { IsPath = true }, new("--loud", null, "Shout it")];

    public IReadOnlyList<ProbeSubject> Read(ProbeEntryFile entry, YamlPlace at, List<string> problems) =>
        Read(entry.Get<string>("sample")!, at["sample"].ToString(), entry.Get<string>("loud") is not null, problems);

    public IReadOnlyList<ProbeSubject> Read(ProbeOptionValues options, List<string> problems) =>
    [
        .. options.Of("--sample")
            .SelectMany(word => Read(Path.GetFileName(word), $"--sample {word}", options.Has("--loud"), problems)),
    ];

    private static IReadOnlyList<ProbeSubject> Read(string word, string at, bool loud, List<string> problems)
    {
        if (word != "bad")
        {
            return [new Subject(at, $"sample.{word}", loud)];
        }
        problems.Add($"{at}: this word is bad");
        return [];
    }

    /// <param name="Loud">It is shouted, and then its author foresees that it fails before 6.1.</param>
    internal sealed record Subject(string At, string IdStart, bool Loud) : ProbeSubject(At, IdStart)
    {
        public override IReadOnlyList<Foresight> Foreseen => Loud
            ? [new Foresight(AllCases, CaseStatus.Fail, "it is too loud") { ButOn = new VersionCondition(">=6.1") }]
            : [];
    }
}
