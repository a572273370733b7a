using Harness.Kernels;

namespace Harness.Doctor;

/// <summary>Whether the places that kernels come from, such as an archive, can be reached.</summary>
internal sealed class SourceCheckList(KernelSources sources) : IMachineCheck
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var source in sources.All)
        {
            findings.AddRange((await source.CheckPlacesAsync(cancellation).ConfigureAwait(false)).Select(Finding));
        }
        return findings;
    }

    public static Finding Finding(SourceCheck check)
    {
        var verdict = check.Health switch
        {
            SourceHealth.Good => "ok",
            SourceHealth.Limited => "note",
            _ => "bad",
        };
        return new Finding(check.Name, verdict, check.Detail, check.Mend);
    }
}
