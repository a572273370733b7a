using Harness.Vm;

namespace Harness.Doctor;

/// <summary>How many VMs run at a time.</summary>
internal sealed class JobCheck : IMachineCheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        const string Check = "jobs";
        var budget = VmBudget.Here(null);
        var full = $"{budget.Jobs} VMs at a time, one for each core: more measured slower under emulation";
        IReadOnlyList<Finding> findings = budget.Note is null
            ? [Finding.Ok(Check, full)]
            : [Finding.Note(Check, budget.Note, "free memory, or raise the container's limit")];
        return Task.FromResult(findings);
    }
}
