namespace Harness.Cluster;

/// <summary>A run cannot be given to a cluster for a reason on this side.</summary>
internal sealed class ClusterException(string message) : HarnessException(message, ExitCodes.NotTestable);
