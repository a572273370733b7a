namespace Harness.Cluster;

/// <summary>
/// What runs the elements of a job on other machines: a folder of this room. An element is a share of the matrix, and
/// the engine runs <see cref="ClusterDirectory.Script"/> for it, which writes what became of it.
/// </summary>
internal abstract class ClusterEngine
{
    /// <summary>As users name it, and <c>cluster.json</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The program that an element runs, which is copied into the run directory.</summary>
    public abstract string Script { get; }

    /// <returns>The id of the job.</returns>
    /// <exception cref="Processes.CommandException">The cluster cannot be asked, or does not take it.</exception>
    public abstract Task<string> SubmitAsync(ElementBatch batch, CancellationToken cancellation);

    /// <summary>All elements of some submissions that the cluster knows, those that ended a while ago, too.</summary>
    /// <param name="names">What the submissions are called.</param>
    /// <exception cref="Processes.CommandException">The cluster cannot be asked.</exception>
    public abstract Task<IReadOnlyList<QueuedElement>> ElementsAsync(
        IReadOnlyList<string> names, CancellationToken cancellation);

    /// <summary>Ends all elements of some submissions, those that wait and those that run.</summary>
    /// <exception cref="Processes.CommandException">The cluster cannot be asked.</exception>
    public abstract Task CancelAsync(IReadOnlyList<string> names, CancellationToken cancellation);
}
