namespace Harness.Cluster;

/// <summary>The text of <c>cluster.json</c>: what was submitted, and what became of it so far.</summary>
/// <param name="Engine">What runs the elements: <c>slurm</c>.</param>
/// <param name="RunId">Of the run that the elements are joined to.</param>
/// <param name="Name">What the job is called on the cluster, and nothing else is.</param>
/// <param name="Element">What each element runs, with its share and its directory behind it.</param>
/// <param name="EngineArguments">What the engine is told beside, such as a partition.</param>
/// <param name="Cpus">Cores of an element: those of the guests that it boots at a time.</param>
/// <param name="Retries">How often an element that was lost is tried again.</param>
/// <param name="Of">How many shares the matrix was divided into.</param>
/// <param name="Submissions">In their order; the first has all shares.</param>
/// <param name="Losses">Attempts that failed and were followed by another, in their order.</param>
internal sealed record ClusterJob(
    string Engine, string RunId, DateTimeOffset SubmittedAt, string Name, ElementProgram Element,
    IReadOnlyList<string> EngineArguments, int Cpus, int Retries, int Of, IReadOnlyList<ClusterShare> Shares,
    IReadOnlyList<Submission> Submissions, IReadOnlyList<LostAttempt> Losses)
{
    /// <summary>How many times an element is tried at most.</summary>
    public int Attempts => 1 + Retries;

    /// <summary>The newest submission of a share, and its place in <see cref="Submissions"/>, from 0.</summary>
    public (int Place, Submission Submission) LatestOf(int share) =>
        Submissions.Index().Last(s => s.Item.Shares.Contains(share));

    /// <summary>What a submission is called on the cluster.</summary>
    /// <param name="submission">Its place in <see cref="Submissions"/>, from 0.</param>
    public string NameOf(int submission) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Name}-{submission + 1}");

    /// <summary>What all submissions are called.</summary>
    public IReadOnlyList<string> Names => [.. Enumerable.Range(0, Submissions.Count).Select(NameOf)];

    /// <summary>The ids that the cluster has given to what was submitted.</summary>
    public IReadOnlyList<string> JobIds => [.. Submissions.Select(s => s.Job).OfType<string>()];
}
