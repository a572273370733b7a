using Harness.Results;

namespace Harness.Reports;

/// <summary>Cases that came out in the same way, on the same kernels, where another way was expected.</summary>
/// <param name="Kernels">In words, see <see cref="KernelNames"/>.</param>
internal sealed record Unexpected(CaseStatus Status, CaseStatus Expected, string? Step, string? Errno, string Kernels, IReadOnlyList<string> Cases)
{
    public static IReadOnlyList<Unexpected> Of(RunDocument document)
    {
        var results = document.Kernels.SelectMany(k => k.Cases.Where(c => !c.AsExpected), (kernel, result) => (kernel, result)).ToList();
        var names = new KernelNames(document);
        var kernels = results.GroupBy(x => (x.result.Id, x.result.Status, x.result.Step, x.result.Errno))
            .ToDictionary(g => g.Key, g => names.Of(g.Select(x => x.kernel.Id).ToHashSet()));
        return
        [
            .. results.Select(x => x.result)
                .GroupBy(r => (r.Status, r.Expected, r.Step, r.Errno, Kernels: kernels[(r.Id, r.Status, r.Step, r.Errno)]))
                .Select(g => new Unexpected(g.Key.Status, g.Key.Expected, g.Key.Step, g.Key.Errno, g.Key.Kernels, [.. g.Select(r => r.Id)])),
        ];
    }
}
