namespace Harness.Doctor;

/// <summary>The native programs of the checkout are built.</summary>
internal sealed class BuildCheck(Repository repository) : IMachineCheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        const string Check = "prober";
        IReadOnlyList<Finding> findings = File.Exists(repository.Prober) && File.Exists(repository.Init)
            ? [Finding.Ok(Check, "built")]
            : [Finding.Bad(Check, "not built", "run `make build`")];
        return Task.FromResult(findings);
    }
}
