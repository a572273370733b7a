namespace Harness.Bisection.Commits;

/// <summary>What is to be known of a culprit that is a merge.</summary>
/// <param name="Parents">The first is the branch that was merged into.</param>
/// <param name="Files">Files of which the merge has lines that no parent has and git's own merge has not.</param>
/// <param name="GoOn">Commands that look into the merge, one a line.</param>
public sealed record FoundMerge(
    MergeKind Kind, IReadOnlyList<NamedCommit> Parents, IReadOnlyList<string> Files, string GoOn)
{
    /// <summary>What kind of merge it is, and what that says of the change.</summary>
    public string InWords() => Kind switch
    {
        MergeKind.Unseen => "a merge, whose branches were not looked into",
        MergeKind.Evil => "an evil merge: it has lines that neither git's own merge of its parents nor a parent has",
        MergeKind.Conflict => "a merge whose conflicts were resolved by hand",
        _ => "a merge as git makes it by itself: each parent alone is as before, and both together are not",
    };
}
