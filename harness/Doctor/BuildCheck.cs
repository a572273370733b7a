namespace Harness.Doctor;

/// <summary>The native programs are there: built in a checkout, unpacked with a release.</summary>
internal sealed class BuildCheck(Repository repository) : IMachineCheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        const string Check = "prober";
        IReadOnlyList<Finding> findings = File.Exists(repository.Prober) && File.Exists(repository.Init)
            ? [Finding.Ok(Check, repository.IsRelease ? "of this release" : "built")]
            : repository.IsRelease
                ? [Finding.Bad(Check, "missing", "unpack the release again")]
                : [Finding.Bad(Check, "not built", "run `make build`")];
        return Task.FromResult(findings);
    }
}
