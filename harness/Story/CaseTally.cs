namespace Harness.Story;

/// <summary>How many cases came to which status.</summary>
/// <param name="Error">Without a verdict, or with more than one.</param>
/// <param name="Total">How many cases were asked.</param>
public sealed record CaseTally(int Pass, int Fail, int Skip, int Error, int Total)
{
    public static CaseTally Empty { get; } = new(0, 0, 0, 0, 0);

    /// <summary>The same with one case more.</summary>
    /// <param name="mark">What it came to; <see cref="Mark.Mixed"/> and <see cref="Mark.None"/> are none.</param>
    public CaseTally Add(Mark mark) => mark switch
    {
        Mark.Pass => this with { Pass = Pass + 1, Total = Total + 1 },
        Mark.Fail => this with { Fail = Fail + 1, Total = Total + 1 },
        Mark.Skip => this with { Skip = Skip + 1, Total = Total + 1 },
        _ => this with { Error = Error + 1, Total = Total + 1 },
    };

    public bool IsEmpty => Total == 0;

    public bool AllPass => Total > 0 && Pass + Skip == Total && Pass > 0;

    public bool AllFail => Fail > 0 && Fail + Skip == Total;

    public Mark Mark => this switch
    {
        { IsEmpty: true } => Mark.None,
        { Error: > 0 } => Mark.Error,
        { AllFail: true } => Mark.Fail,
        { Fail: > 0 } => Mark.Mixed,
        { Pass: > 0 } => Mark.Pass,
        _ => Mark.Skip,
    };

    /// <summary>One sign where all cases that the kernel can express agree; else how many of each.</summary>
    public string Verdict => this switch
    {
        { AllPass: true } => Signs.Pass,
        { AllFail: true } => Signs.Fail,
        _ => Counted,
    };

    /// <summary>A sign and, where cases differ, how many: <c>✓3 –1</c>.</summary>
    public string Counted
    {
        get
        {
            var parts = new[] { (Signs.Pass, Pass), (Signs.Fail, Fail), (Signs.Skip, Skip), (Signs.Error, Error) }
                .Where(p => p.Item2 > 0).ToList();
            return parts.Count == 1 ? parts[0].Item1 : string.Join(' ', parts.Select(p => $"{p.Item1}{p.Item2}"));
        }
    }
}
