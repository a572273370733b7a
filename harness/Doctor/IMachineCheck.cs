namespace Harness.Doctor;

/// <summary>Looks at one thing that a run needs of this machine.</summary>
internal interface IMachineCheck
{
    /// <summary>What is amiss is a finding, not an exception.</summary>
    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation);
}
