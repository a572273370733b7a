using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>How the run was made. What is no parameter here may be missing in documents that others wrote.</summary>
/// <param name="Complete">Every kernel was tried: the run was not interrupted.</param>
public sealed record RunInfo(
    string Id,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    bool Complete,
    string Accel,
    string Harness,
    ProberInfo Prober,
    HostInfo Host)
{
    /// <summary>Why this accelerator was taken, when a faster one was not usable.</summary>
    public string? AccelNote { get; init; }

    /// <summary>The matrix file's name, or <c>images</c>.</summary>
    public string Matrix { get => field ?? ""; init; }

    /// <summary>The selection of cases; empty for all.</summary>
    public IReadOnlyList<string> CaseGlobs { get => field ?? []; init; }

    public string KernelParameters { get => field ?? ""; init; }

    /// <summary>The CPUs of each guest; <c>null</c> for one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Cpus { get; init; }

    /// <summary>VMs at a time; 0 when the document does not say.</summary>
    public int Jobs { get; init; }

    /// <summary>What one VM may take; 0 when the document does not say.</summary>
    public double TimeoutSeconds { get; init; }

    /// <summary>What a reader should know: stale indexes, suites left out.</summary>
    public IReadOnlyList<string> Notes { get => field ?? []; init; }

    /// <summary>How often each kernel was booted with each prober; 1 when the document does not say.</summary>
    public int Repeat { get => Math.Max(1, field); init; }

    /// <summary>The probes that were asked; empty in runs older than this field, which asked one probe alone.</summary>
    public IReadOnlyList<ProbeInfo> Probes { get => field ?? []; init; }

    /// <summary>What users handed to the probes, and no kernel could be asked about; <c>null</c> for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NotAsked>? NotAsked { get; init; }

    /// <summary>
    /// Facts that this room has no type for, such as a probe's compilers. The probe that wrote them reads them, and
    /// whoever writes the document again writes them as they were.
    /// </summary>
    [JsonExtensionData]
    // Not init: the JSON generator would take it for a parameter of the constructor, and refuse the type.
    public IDictionary<string, JsonElement>? Facts { get; set; }
}
