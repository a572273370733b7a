namespace Harness.Probes;

/// <summary>How reports speak of a probe's questions.</summary>
public sealed record ProbeWords
{
    /// <summary>What the columns of a table are: <c>template → inner map</c>.</summary>
    public required string Columns { get; init; }

    /// <summary>The form of a question's title: <c>template → candidate</c>.</summary>
    public required string Question { get; init; }

    /// <summary>What that form means, as the rest of a sentence.</summary>
    public required string QuestionMeaning { get; init; }

    /// <summary>What a number in a table's cell counts, in whole sentences.</summary>
    public required string Numbers { get; init; }

    /// <summary>The heading of questions that have no column of their own in the page's grid.</summary>
    public required string OtherQuestions { get; init; }

    /// <summary>The same for questions that go on after the parts that each id has.</summary>
    public required string Variants { get; init; }

    /// <summary>The name of the test suites in <c>junit.xml</c>.</summary>
    public required string JUnit { get; init; }

    /// <summary>The submitting system in <c>kcidb.json</c>: lower-case letters, digits and underscores.</summary>
    public required string KcidbOrigin { get; init; }

    /// <summary>The first parts of a test's path in <c>kcidb.json</c>.</summary>
    public required string KcidbSuite { get; init; }

    /// <summary>The badge; <c>null</c> where the probe has no single answer to show.</summary>
    public BadgeWords? Badge { get; init; }
}
