using System.Globalization;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>Says of a run that it is not all of what was asked. Pure.</summary>
internal static class RunParts
{
    private const string Interruption = "The run was interrupted; what follows is what it measured.";

    /// <summary>A sentence for the head of a report; <c>null</c> for a run that is whole.</summary>
    public static string? InHead(RunDocument document)
    {
        var missing = document.Kernels.Where(k => k.Status == KernelStatus.NotRun).ToList();
        var partial = document.Run.Complete ? null
            : missing.Count == 0 || missing.Any(k => k.Reason == NotRunReason.Interrupted) ? Interruption
            : $"Nobody ran {Words.Count(missing.Count, "kernel")} of the matrix; what follows is what was measured.";
        return string.Join(' ', new[] { partial, Share(document) }.OfType<string>()) is { Length: > 0 } text
            ? text
            : null;
    }

    private static string? Share(RunDocument document) => document.Shard is not { } shard ? null
        : string.Create(CultureInfo.InvariantCulture, $"This is shard {shard.Index} of {shard.Of}: the others have ")
            + Words.Count(shard.Elsewhere.Count, "kernel") + " more.";
}
