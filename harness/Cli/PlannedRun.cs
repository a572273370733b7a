using System.Text.Json.Serialization;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>What <c>run --dry-run --json</c> prints.</summary>
/// <param name="Directory">The run directory that would be written, absolute.</param>
/// <param name="Cases">How many cases each kernel would be asked.</param>
/// <param name="Jobs">VMs at a time.</param>
/// <param name="Repeat">Boots of each kernel, with each program.</param>
/// <param name="Shard">The share of the kernels, such as <c>1/3</c>; <c>null</c> for all.</param>
/// <param name="Notes">What a reader should know of the selection.</param>
internal sealed record PlannedRun(
    string Directory, int Cases, int Jobs, int Repeat, string? Shard, IReadOnlyList<string> Notes,
    IReadOnlyList<ListedKernel> Kernels)
{
    public static PlannedRun Of(RunPlan plan) => new(
        plan.Directory, plan.CaseCount, plan.Jobs, plan.Repeat, plan.Shard?.ToString(), plan.Notes,
        [.. plan.Kernels.Select(planned => ListedKernel.Of(planned.Kernel))]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PlannedRun))]
internal sealed partial class PlannedRunJson : JsonSerializerContext;
