using Harness.Results;

namespace Harness.Cluster;

/// <summary>What happens in a run on a cluster. The engine sends events; only the command line draws.</summary>
internal abstract record ClusterEvent
{
    private ClusterEvent()
    {
    }

    /// <summary>Elements were given to the cluster.</summary>
    /// <param name="Job">The id that the cluster gave.</param>
    /// <param name="Kernels">How many their shares have.</param>
    public sealed record Submitted(string Job, int Attempt, int Elements, int Kernels, string Directory) : ClusterEvent;

    /// <summary>A run that was submitted before is waited for.</summary>
    public sealed record Attached(
        IReadOnlyList<string> Jobs, int Elements, int Kernels, string Directory, DateTimeOffset SubmittedAt)
        : ClusterEvent;

    /// <summary>How all elements stand. It comes every few seconds.</summary>
    public sealed record Looked(IReadOnlyList<ElementStand> Elements) : ClusterEvent;

    /// <summary>An element is on a node.</summary>
    public sealed record Began(ElementStand Element) : ClusterEvent;

    /// <summary>A kernel was tested, and its element has come to its end.</summary>
    public sealed record Tested(KernelResult Kernel, string Node) : ClusterEvent;

    /// <summary>An element failed, and is tried again.</summary>
    public sealed record Retrying(ElementStand Element) : ClusterEvent;

    /// <summary>An element failed, and is not tried again.</summary>
    public sealed record GivenUp(ElementStand Element) : ClusterEvent;

    /// <summary>Something that a reader should know, such as that the cluster does not answer.</summary>
    public sealed record Noted(string Text) : ClusterEvent;
}
