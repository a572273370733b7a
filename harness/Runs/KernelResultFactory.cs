using Harness.Kernels;
using Harness.Matrix;
using Harness.Results;

namespace Harness.Runs;

/// <summary>Makes every row of the results, whether its kernel was booted, remembered or not to be had. Pure.</summary>
public static class KernelResultFactory
{
    private const int Milliseconds = 3;
    private const int Microseconds = 6;

    /// <param name="all">The expectations of the matrix.</param>
    public static KernelResult Make(KernelMeasurement measured, IReadOnlyList<Expectation> all)
    {
        var kernel = measured.Kernel;
        var version = kernel.Version ?? KernelVersion.TryParse(measured.Release);
        var expectations = new KernelExpectations(all, kernel.Id, version, kernel.Line);
        var complaints = measured.Complaints
            .Select(c => ComplaintEvaluator.Evaluate(c, expectations, measured.Emulated)).ToList();
        return new KernelResult(
            kernel.Id, measured.Release, version?.ToString(), measured.Arch ?? kernel.Arch, kernel.Description,
            measured.Sha256, measured.Status, measured.Reason, measured.Attempts, measured.Seconds, measured.Console,
            [.. measured.Cases.Select(attempts => CaseEvaluator.Evaluate(attempts, expectations))])
        {
            AsExpected = CaseEvaluator.IsExpected(
                measured.Status, measured.NotServed && !kernel.ByName, expectations)
                && complaints.All(c => c.AsExpected),
            Complaints = complaints,
            Line = kernel.Line,
            ByName = kernel.ByName,
            Note = kernel.Note,
            StandsFor = kernel.Source.StandsFor,
            CommittedAt = kernel.CommittedAt?.ToUniversalTime(),
            StartedAt = measured.StartedAt?.ToUniversalTime(),
            BootSeconds = measured.BootSeconds,
            BuildSeconds = measured.BuildSeconds,
            Checkout = kernel.Checkout,
            BootedPlain = measured.BootedPlain,
            BootedUnpacked = measured.BootedUnpacked,
            Warm = measured.Warm,
            Waited = measured.Waited,
            ProbeSeconds = measured.ProbeSeconds,
            CaseStarts = SecondsList.OfKnown([.. measured.Cases.Select(attempts => attempts[0].Start)], Milliseconds),
            CaseSeconds = SecondsList.OfKnown(
                [.. measured.Cases.Select(attempts => attempts[0].Case.Time?.Duration)], Microseconds),
            Retries = measured.Retries.Count == 0 ? null : measured.Retries,
            ConsoleExcerpt = measured.ConsoleExcerpt,
        };
    }

    /// <summary>
    /// The row of a kernel that an earlier run measured, compared with what the matrix expects now.
    /// </summary>
    /// <param name="emulated">It ran under emulation, not under KVM.</param>
    public static KernelResult Known(
        KnownKernel known, Kernel kernel, bool emulated, IReadOnlyList<Expectation> all)
    {
        var row = known.Row;
        var version = kernel.Version ?? KernelVersion.TryParse(row.Release);
        var expectations = new KernelExpectations(all, kernel.Id, version, kernel.Line);
        var complaints = row.Complaints.Select(c => ComplaintEvaluator.Evaluate(
            c with { AsExpected = false, Cause = null, Source = null }, expectations, emulated)).ToList();
        return row with
        {
            Source = kernel.Description,
            Line = kernel.Line,
            ByName = kernel.ByName,
            Note = kernel.Note,
            StandsFor = kernel.Source.StandsFor,
            CommittedAt = kernel.CommittedAt?.ToUniversalTime(),
            Checkout = kernel.Checkout,
            Version = version?.ToString(),
            BuildSeconds = null,
            Retries = null,
            Complaints = complaints,
            Cases = [.. row.Cases.Select(c => CaseEvaluator.Again(c, expectations))],
            AsExpected = complaints.All(c => c.AsExpected),
            Known = known.From,
            MeasuredAgain = null,
        };
    }

    /// <summary>The row of a kernel whose image could not be had.</summary>
    public static KernelResult Make(Kernel kernel, ImageResult image, IReadOnlyList<Expectation> all)
    {
        var measured = image switch
        {
            ImageResult.Unavailable unavailable => new KernelMeasurement
            {
                Kernel = kernel,
                Status = KernelStatus.Unavailable,
                Reason = unavailable.Reason,
                NotServed = unavailable.NotServed,
            },
            ImageResult.Failed failed => new KernelMeasurement
            {
                Kernel = kernel,
                Status = KernelStatus.InfraError,
                Reason = failed.Reason,
            },
            _ => throw new InvalidOperationException($"{image} is no failure"),
        };
        return Make(measured with { Retries = RetriesOf(image) }, all);
    }

    /// <summary>What was repeated to get an image.</summary>
    public static IReadOnlyList<RetriedAttempt> RetriesOf(ImageResult image) =>
        [.. image.Retries.Select(retry => RetriedAttempt.Of(RetryStage.Fetch, retry))];
}
