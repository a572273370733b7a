using System.Globalization;

namespace Harness.Cluster.Slurm;

/// <summary>Reads what <c>squeue</c> lists (squeue(1), OUTPUT FORMAT and JOB STATE CODES). Pure.</summary>
internal static class SlurmQueue
{
    /// <summary>Name, array, index, state, nodes, reason. The last one may have any characters.</summary>
    public const string Format = "%j|%F|%K|%T|%N|%r";

    private const int Fields = 6;

    /// <summary>Slurm's word where a job waits for no reason.</summary>
    private const string NoReason = "None";

    private static readonly Dictionary<string, QueueState> _states = new(StringComparer.Ordinal)
    {
        ["RUNNING"] = QueueState.Running,
        ["COMPLETING"] = QueueState.Running,
        ["SUSPENDED"] = QueueState.Running,
        ["STOPPED"] = QueueState.Running,
        ["SIGNALING"] = QueueState.Running,
        ["STAGE_OUT"] = QueueState.Running,
        ["RESIZING"] = QueueState.Running,
        ["COMPLETED"] = QueueState.Ended,
        ["FAILED"] = QueueState.Ended,
        ["NODE_FAIL"] = QueueState.Lost,
        ["BOOT_FAIL"] = QueueState.Lost,
        ["LAUNCH_FAILED"] = QueueState.Lost,
        ["PREEMPTED"] = QueueState.Lost,
        ["REVOKED"] = QueueState.Lost,
        ["TIMEOUT"] = QueueState.Lost,
        ["DEADLINE"] = QueueState.Lost,
        ["OUT_OF_MEMORY"] = QueueState.Lost,
        ["CANCELLED"] = QueueState.Cancelled,
    };

    /// <summary>The elements of arrays; other lines, such as warnings of the site, are left out.</summary>
    public static IReadOnlyList<QueuedElement> Parse(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Element).OfType<QueuedElement>()];

    private static QueuedElement? Element(string line)
    {
        var fields = line.Split('|', Fields);
        return fields.Length == Fields
            && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var share)
            ? new QueuedElement(
                fields[0].Trim(), fields[1].Trim(), share, StateOf(fields[3]), fields[4].Trim(), fields[3],
                fields[5].Trim() is NoReason ? "" : fields[5].Trim())
            : null;
    }

    /// <summary>A state that only newer versions know is one in which the job is still there.</summary>
    private static QueueState StateOf(string word) => _states.GetValueOrDefault(word, QueueState.Waiting);
}
