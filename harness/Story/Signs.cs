namespace Harness.Story;

/// <summary>The signs that stand for verdicts, and their legend.</summary>
public static class Signs
{
    public const string Pass = "✓";
    public const string Fail = "✗";
    public const string Skip = "–";
    public const string Error = "!";

    /// <summary>What each sign means, in a few words and as a part of a sentence about a kernel.</summary>
    public static IReadOnlyList<(Mark Mark, string Sign, string Short, string Long)> Legend { get; } =
    [
        (Mark.Pass, Pass, "as wanted", "the kernel did what is wanted"),
        (Mark.Fail, Fail, "the opposite", "it did the opposite"),
        (Mark.Skip, Skip, "the kernel lacks what the case needs", "the kernel lacks what the case needs"),
        (Mark.Error, Error, "no verdict", "no verdict"),
    ];

    public static string Of(Mark mark) => mark switch
    {
        Mark.None => "",
        Mark.Mixed => Fail,
        _ => Legend.First(l => l.Mark == mark).Sign,
    };
}
