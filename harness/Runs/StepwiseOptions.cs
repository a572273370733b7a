using Harness.Matrix;
using Harness.Probes;

namespace Harness.Runs;

/// <summary>What a bisection asks of every kernel that it boots. It names the kernels later, step by step.</summary>
public sealed record StepwiseOptions
{
    /// <summary>The bisection's id.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The bisection's directory, absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>A pattern of case ids, or one id.</summary>
    public required string Case { get; init; }

    /// <summary>The programs that have such a case.</summary>
    public required IReadOnlyList<ProgramTask> Programs { get; init; }

    /// <summary>What these programs were prepared with.</summary>
    public required RunPrograms Prepared { get; init; }

    public required BootSettings Boot { get; init; }

    /// <summary>The matrix that the kernels come from; <c>null</c> where they come from elsewhere.</summary>
    public MatrixSpec? Matrix { get; init; }

    public MatrixSelection Selection { get; init; } = new();

    public IReadOnlyList<string> Notes { get; init; } = [];
}
