namespace Harness.Bisection.Commits;

/// <summary>Where in a merge a change may be.</summary>
public enum MergeKind
{
    /// <summary>Only first parents were followed: the change may be on the branch that was merged.</summary>
    Unseen,

    /// <summary>The merge is what git makes of its parents; they do not go together.</summary>
    Clean,

    /// <summary>Git could not merge the parents by itself.</summary>
    Conflict,

    /// <summary>The merge holds lines that are in no parent, though git could merge them.</summary>
    Evil,
}
