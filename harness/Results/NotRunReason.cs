namespace Harness.Results;

/// <summary>Why a kernel was not run, as its row says it.</summary>
public static class NotRunReason
{
    /// <summary>The run ended before the kernel's turn.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Another share of the matrix has it.</summary>
    /// <param name="shard">Which one: <c>2/3</c>.</param>
    public static string IsIn(string shard) => $"is in shard {shard}";
}
