namespace Harness.Bisection;

/// <summary>Everything that a verdict depends on: the same three give the same verdicts.</summary>
/// <param name="Image">SHA256 of the kernel image.</param>
/// <param name="Prober">SHA256 of the prober.</param>
/// <param name="Parameters">The kernel command line, without what concerns the console or the prober.</param>
public sealed record VerdictKey(string Image, string Prober, string Parameters)
{
    public string FileName => Hashes.Sha256OfText($"{Image}\n{Prober}\n{Parameters}") + ".json";
}
