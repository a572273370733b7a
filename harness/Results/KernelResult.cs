using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>One kernel's row.</summary>
/// <param name="Release">What <c>uname -r</c> said in the guest; <c>null</c> when it did not get so far.</param>
/// <param name="Version">The upstream version, <c>6.1.192</c>.</param>
/// <param name="Sha256">Of the image, as its vendor ships it.</param>
/// <param name="Attempts">
/// 1, and 1 more for each boot that was tried again, for whichever program and repeat; 0 when it was never booted.
/// </param>
/// <param name="Seconds">From the start of its first VM to the end of its last.</param>
/// <param name="Console">
/// The console's log, relative to the run directory; of several boots, the one that decided the status.
/// </param>
public sealed record KernelResult(
    string Id,
    string? Release,
    string? Version,
    string Arch,
    string Source,
    string? Sha256,
    KernelStatus Status,
    string? Reason,
    int Attempts,
    double Seconds,
    string? Console,
    [property: JsonPropertyOrder(1)] IReadOnlyList<CaseResult> Cases)
{
    /// <summary>Only what differs from what the status says, so that equal results are equal records.</summary>
    private bool? _asExpected;

    /// <summary>
    /// The status is <c>tested</c>, or one that an expectation foresees, or that of a kernel which a rule chose and the
    /// archive does not serve; where a document does not say, only <c>tested</c> is.
    /// </summary>
    public bool AsExpected
    {
        get => _asExpected ?? Status == KernelStatus.Tested;
        // Not init: the JSON generator would set what a document leaves out, to false.
        set => _asExpected = value == (Status == KernelStatus.Tested) ? null : value;
    }

    /// <summary>
    /// What the kernel complained of while it was asked. One that no expectation foresees makes the kernel unexpected.
    /// </summary>
    public IReadOnlyList<Complaint> Complaints { get => field ?? []; init; }

    /// <summary>
    /// Whose kernel it is: <c>debian</c>, <c>el9</c>. Left out where nobody says that, or says upstream's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }

    /// <summary>The kernels among which verdicts are compared over versions.</summary>
    [JsonIgnore]
    public Lineage Lineage => new(Arch, Line);

    /// <summary>Asked for by name, not chosen by a rule.</summary>
    public bool ByName { get; init; }

    /// <summary>What a reader should know of the choice: which kernel this one stands in for.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// Of a row that stands in the place of kernels that could not be looked for: what their ids begin with. Nobody
    /// knows then which kernels of that architecture came or went.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StandsFor { get; init; }

    /// <summary>Of a commit, its committer's date: the order of kernels of one version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>
    /// Booted as its vendor ships it, without the run's parameters that only save time, as it did not reach the prober
    /// with them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BootedPlain { get; init; }

    /// <summary>
    /// The id of the run that measured the kernel, where this run did not boot it: all that the row says of a boot is
    /// of that run. Left out where this run measured it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReusedFrom { get; init; }

    /// <summary>When that run booted the kernel; left out with <see cref="ReusedFrom"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>
    /// <see cref="ReusedFrom"/> and <see cref="MeasuredAt"/>; <c>null</c> where this run measured it.
    /// </summary>
    [JsonIgnore]
    public KnownFrom? Known
    {
        get => ReusedFrom is { } run && MeasuredAt is { } at ? new KnownFrom(run, at) : null;
        init => (ReusedFrom, MeasuredAt) = (value?.Run, value?.MeasuredAt);
    }

    /// <summary>
    /// What was known of it when this run measured it again; left out where nothing was, or nobody asked for that.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeasuredAgain? MeasuredAgain { get; init; }

    /// <summary>
    /// In a boot, the harness unpacked the kernel itself: that boot says nothing about the code by which the image
    /// unpacks itself.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BootedUnpacked { get; init; }

    /// <summary>
    /// Restored, in place of a boot, from a snapshot that this machine made of the same image: that says nothing about
    /// how it boots.
    /// </summary>
    public bool Warm { get; init; }

    /// <summary>
    /// Booted so that it could be saved: it got its programs when it had booted, as a restored one does, and not with
    /// its initramfs.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Waited { get; init; }

    /// <summary>The last lines of the console of a kernel that is not <c>tested</c>, made harmless.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ConsoleExcerpt { get; init; }

    /// <summary>
    /// Attempts that failed for a reason on this side or in the network and were repeated, in their order; left out
    /// when there was none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RetriedAttempt>? Retries { get; init; }

    /// <summary>When the first prober's last VM was started; left out when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>
    /// Of that VM, from its start to the prober's first sign, or to its end where there was none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BootSeconds { get; init; }

    /// <summary>How long the build of the image took; left out where the run built none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BuildSeconds { get; init; }

    /// <summary>What the kernel was built from; left out for an image that is only a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KernelCheckout? Checkout { get; init; }

    /// <summary>
    /// Of the first prober's last VM, from its first sign to the end of its report; <c>null</c> without one.
    /// </summary>
    public double? ProbeSeconds { get; init; }

    /// <summary>
    /// When each of <see cref="Cases"/> was asked, in seconds since <see cref="StartedAt"/>; of a case that was asked
    /// in several boots, in the first. Left out where no program said it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(2)]
    public IReadOnlyList<double?>? CaseStarts { get; init; }

    /// <summary>How long each of <see cref="Cases"/> took then, until its answer was known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(2)]
    public IReadOnlyList<double?>? CaseSeconds { get; init; }

    /// <summary>
    /// What people call the kernel: its version; of a commit with the revision that was asked for, as many commits have
    /// one version; the id where the version is not known.
    /// </summary>
    [JsonIgnore]
    public string Name => Version is null ? Id : Checkout is { Commit: { } commit, Branch: var revision }
        && revision != Version && revision != $"v{Version}"
            ? $"{Version} ({(revision == commit ? commit[..12] : revision)})"
            : Version;
}
