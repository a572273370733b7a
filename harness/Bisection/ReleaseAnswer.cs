using System.Text.Json.Serialization;

namespace Harness.Bisection;

/// <summary>The answer: in words, and the two kernels around the change, the older first.</summary>
/// <param name="Between">Kernels between the two without a useful verdict.</param>
public sealed record ReleaseAnswer(
    BisectResult Result, string Sentence, BisectKernel? From, BisectKernel? To, IReadOnlyList<BisectKernel> Between)
{
    /// <summary>The good end is the newer one: what is looked for is what mended something.</summary>
    [JsonIgnore]
    public bool GoodIsNewer { get; init; }
}
