namespace Harness.Probes;

/// <summary>What help texts show of a probe.</summary>
public sealed record ProbeExamples
{
    /// <summary>Goes on after "says on which of them …".</summary>
    public string Subject { get; init; } = "each case of the probes passes";

    /// <summary>The id of a case.</summary>
    public string Case { get; init; } = "ID";

    /// <summary>A pattern of cases of any layer.</summary>
    public string Pattern { get; init; } = "*";

    /// <summary>A pattern of cases of one layer.</summary>
    public string LayerPattern { get; init; } = "LAYER.*";

    /// <summary>A pattern of cases that ask the same at several places.</summary>
    public string QuestionPattern { get; init; } = "*.QUESTION";

    /// <summary>The directory of a kernel tree that holds what the probe asks about.</summary>
    public string Sources { get; init; } = "kernel";
}
