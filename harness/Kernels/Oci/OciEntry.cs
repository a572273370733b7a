namespace Harness.Kernels.Oci;

/// <summary>An image of containers with a kernel in a matrix.</summary>
public sealed record OciEntry(string At, string Id, KernelVersion? Version, OciPlace Place) : KernelEntry(At)
{
    public override IEnumerable<(string At, string Id)> Named => [(At, Id)];
}
