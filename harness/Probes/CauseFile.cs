using Harness.Results;

namespace Harness.Probes;

#pragma warning disable CA1002, CA2227 // These types are what a YAML file looks like; the deserializer fills them.

/// <summary>A probe's <c>causes.yaml</c>, whose head says what the keys mean.</summary>
public sealed class CauseFile
{
    public List<CauseRuleFile>? Causes { get; set; }
}

/// <summary>One rule of it.</summary>
public sealed class CauseRuleFile
{
    public string? Id { get; set; }

    public List<string>? Cases { get; set; }

    public string? Versions { get; set; }

    public CaseStatus? Status { get; set; }

    public Outcome? Outcome { get; set; }

    public List<string>? Steps { get; set; }

    public string? Errno { get; set; }

    public string? Reason { get; set; }

    public string? Evidence { get; set; }

    public Dictionary<string, string>? Siblings { get; set; }

    public string? Cause { get; set; }

    public string? Source { get; set; }

    public List<WorkaroundFile>? Workarounds { get; set; }
}

/// <summary>Something to do instead, of a rule.</summary>
public sealed class WorkaroundFile
{
    public string? Question { get; set; }

    public string? Text { get; set; }
}
