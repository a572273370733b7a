using System.Text.Json.Serialization;
using Harness.Cache;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>
/// Remembers verdicts in the user's cache, so that a bisection that is repeated or goes on boots no kernel twice. A
/// file that cannot be read is ignored: its kernel is measured again.
/// </summary>
public sealed class VerdictMemory(string cacheRoot)
{
    public RememberedKernel? Recall(VerdictKey key)
    {
        var kernel = CacheFile.Read(PathOf(key), VerdictJson.Default.RememberedKernel);
        return kernel?.Key == key && kernel.Cases.Values.All(c => c is not null) ? kernel : null;
    }

    /// <summary>
    /// Adds the cases that gave a verdict to those that are remembered of the same kernel.
    /// </summary>
    /// <param name="evidence">Its name in <see cref="EvidenceMemory"/>.</param>
    public void Remember(VerdictKey key, KernelResult kernel, IReadOnlySet<string> cases, string? evidence)
    {
        var known = Recall(key)?.Cases ?? new SortedDictionary<string, RememberedCase>(StringComparer.Ordinal);
        foreach (var result in kernel.Cases.Where(c => cases.Contains(c.Id) && Verdict.Of(c) is not null))
        {
            known[result.Id] = new RememberedCase(result.Want, result.Outcome, result.Step, result.Errno,
                result.Status == CaseStatus.Skip, result.Reason, evidence);
        }
        CacheFile.Write(PathOf(key), new RememberedKernel(key, kernel.Release, kernel.Arch, known),
            VerdictJson.Default.RememberedKernel);
    }

    private string PathOf(VerdictKey key) => Path.Combine(cacheRoot, "verdicts", key.FileName);
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RememberedKernel))]
internal sealed partial class VerdictJson : JsonSerializerContext;
