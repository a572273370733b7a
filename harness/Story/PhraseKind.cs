namespace Harness.Story;

/// <summary>How a phrase is set off from the text around it.</summary>
public enum PhraseKind
{
    /// <summary>Not at all.</summary>
    Plain,

    /// <summary>
    /// Not at all; but the text is not a guest's, so a format may make links of the commits and issues that it names.
    /// </summary>
    Cited,

    /// <summary>As something that is typed or read literally.</summary>
    Code,

    /// <summary>As what matters most.</summary>
    Strong,

    /// <summary>As a word about the text, such as "Source:".</summary>
    Emphasis,

    /// <summary>As a verdict's word, with its sign where the format shows one.</summary>
    Status,

    /// <summary>As a finding: its sign and what was found.</summary>
    Chip,
}
