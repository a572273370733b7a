using Harness.Probes;
using Harness.Results;

namespace Harness.Tests.Support;

/// <summary>A probe as small as one can be: ids of two parts, a first question, and a cause.</summary>
internal static class ToyProbe
{
    public const string Works = "toy.works";
    public const string Breaks = "toy.breaks";

    public const string Causes = """
        causes:
          - id: broken
            cases: ["toy.breaks"]
            status: fail
            cause: the toy is broken.
            source: the toy's maker
            workarounds:
              - { question: works, text: take the other one. }
        """;

    private static readonly CaseIdForm _ids = new()
    {
        Parts = ["layer", "question"],
        FoldOrder = ["question", "layer"],
        Separator = " ",
        Filters = [new("layer", "Layer", "layer"), new("toy", "Toy", "question")],
    };

    public static Probe Instance { get; } = new()
    {
        Name = "toy",
        Title = "What toys do",
        Layers = ["toy"],
        Ids = _ids,
        Steps = ["wind"],
        Program = new BuiltProgram("toy", _ => "/nowhere/toy"),
        Words = new ProbeWords
        {
            Columns = "toy",
            Question = "toy",
            QuestionMeaning = "what is played with",
            Numbers = "Numbers count toys.",
            OtherQuestions = "other toys",
            Variants = "further toys",
            JUnit = "toys",
            KcidbOrigin = "toys",
            KcidbSuite = "shop.toys",
            Badge = new BadgeWords("toys", new Glob("toy.*")),
        },
        FirstQuestions = [new("The toy works", new Glob(Works), "question")],
        Columns = ["works"],
        Causes = new(() => new CauseReader(["wind"], _ids).Parse("toys.yaml", Causes)),
    };

    public static ProbeInfo Info { get; } = new("toy", Instance.Title, Samples.Sha256, 2);
}
