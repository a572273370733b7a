using System.Text.Json.Serialization;
using Harness.Cache;
using Harness.Ktap;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>Everything that a verdict depends on: the same three give the same verdicts.</summary>
/// <param name="Image">SHA256 of the kernel image.</param>
/// <param name="Prober">SHA256 of the prober.</param>
/// <param name="Parameters">The kernel command line, but for the console and the prober's own.</param>
public sealed record VerdictKey(string Image, string Prober, string Parameters)
{
    public string FileName => Hashes.Sha256OfText($"{Image}\n{Prober}\n{Parameters}") + ".json";
}

/// <summary>One case as it was measured.</summary>
/// <param name="Evidence">The KTAP report that it was read from, wherever that is by now.</param>
public sealed record RememberedCase(Outcome Want, Outcome? Outcome, string? Step, string? Errno, bool Skipped, string? Reason, string? Evidence)
{
    public ProbedCase ToProbed(string id) => new(0, id, true, Skipped, Word(Want), Outcome is { } o ? Word(o) : null, Step, Errno, Reason);

    private static string Word(Outcome outcome) => outcome == Results.Outcome.Accept ? "accept" : "reject";
}

/// <summary>What is remembered of one image and one prober.</summary>
public sealed record RememberedKernel(VerdictKey Key, string? Release, string Arch, SortedDictionary<string, RememberedCase> Cases);

/// <summary>
/// Verdicts measured before, in the user's cache, so that a bisection that is asked again, or goes on, boots nothing
/// twice. Whatever is wrong with a file, it is as if nothing was remembered.
/// </summary>
public sealed class VerdictMemory(string cacheRoot)
{
    public RememberedKernel? Recall(VerdictKey key)
    {
        var kernel = CacheFile.Read(PathOf(key), VerdictJson.Default.RememberedKernel);
        return kernel?.Key == key && kernel.Cases.Values.All(c => c is not null) ? kernel : null;
    }

    /// <summary>Keeps the cases that gave a verdict, beside those of the same kernel that are remembered already.</summary>
    public void Remember(VerdictKey key, KernelResult kernel, IReadOnlySet<string> cases, string? evidence)
    {
        var known = Recall(key)?.Cases ?? new SortedDictionary<string, RememberedCase>(StringComparer.Ordinal);
        foreach (var result in kernel.Cases.Where(c => cases.Contains(c.Id) && Verdict.Of(c) is not null))
        {
            known[result.Id] = new RememberedCase(result.Want, result.Outcome, result.Step, result.Errno, result.Status == CaseStatus.Skip, result.Reason, evidence);
        }
        CacheFile.Write(PathOf(key), new RememberedKernel(key, kernel.Release, kernel.Arch, known), VerdictJson.Default.RememberedKernel);
    }

    private string PathOf(VerdictKey key) => Path.Combine(cacheRoot, "verdicts", key.FileName);
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RememberedKernel))]
internal sealed partial class VerdictJson : JsonSerializerContext;
