using System.Text.Json;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// Writes the tests of one kernel: its boot, which KernelCI shows apart by its path, its cases, and the whole of them
/// where something went wrong while they were asked.
/// </summary>
internal sealed class KcidbTestWriter(RunInfo run, KcidbObject @object, Uri? published, Utf8JsonWriter json)
{
    private const string Boot = "boot";

    /// <summary>Of a case's duration: microseconds.</summary>
    private const int CaseDigits = 6;

    /// <summary>The longest <c>log_excerpt</c> that the format takes, in characters.</summary>
    private const int LongestExcerpt = 16384;

    /// <summary>Each writes one test.</summary>
    public IEnumerable<Action> Of(KernelResult kernel)
    {
        var booted = KcidbStatus.OfBoot(kernel.Status) == KcidbStatus.Pass;
        yield return () => OfBoot(kernel, booted);
        foreach (var (i, result) in kernel.Cases.Index())
        {
            yield return () => Case(kernel, result, kernel.CaseStarts?[i], kernel.CaseSeconds?[i]);
        }
        if (booted && (kernel.Status != KernelStatus.Tested || !kernel.AsExpected))
        {
            yield return () => OfProbing(kernel);
        }
    }

    private void OfBoot(KernelResult kernel, bool booted)
    {
        Start(kernel, Boot, Boot, KcidbStatus.OfBoot(kernel.Status));
        @object.Time("start_time", StartOf(kernel));
        // What restoring a kernel takes, is no boot's time.
        @object.Seconds("duration", kernel.Warm ? null : kernel.BootSeconds);
        if (!booted)
        {
            Reason(kernel);
        }
        LogUrl(kernel);
        Misc(kernel);
    }

    /// <param name="start">In seconds since the VM was started; <c>null</c> where it is not known.</param>
    /// <param name="seconds">How long it took; <c>null</c> where that is not known.</param>
    private void Case(KernelResult kernel, CaseResult result, double? start, double? seconds)
    {
        Start(kernel, result.Id, @object.PathOf(result.Id), KcidbStatus.Of(result.Status));
        @object.Text("comment", Words.Answer(result));
        @object.Time("start_time", start is { } after ? Later(StartOf(kernel), after) : StartOfProbing(kernel));
        @object.Seconds("duration", seconds, CaseDigits);
        LogUrl(kernel);
        if (result is { Status: not CaseStatus.Pass, Evidence: { } evidence })
        {
            Excerpt(evidence);
        }
        json.WriteStartObject("misc");
        json.WriteBoolean("as_expected", result.AsExpected);
        @object.Text("cause", result.Cause);
        @object.Text("workaround", result.Workaround);
        @object.Text("source", result.Source);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void OfProbing(KernelResult kernel)
    {
        // A kernel that disagrees with itself may have been asked wrongly.
        var isDisputed = KnownRows.Disagreement(kernel) is not null && kernel.Complaints.All(c => c.AsExpected);
        Start(kernel, "kernel", @object.Suite(),
            isDisputed ? KcidbStatus.Error : KcidbStatus.OfProbing(kernel.Status));
        @object.Time("start_time", StartOfProbing(kernel));
        @object.Seconds("duration", kernel.ProbeSeconds);
        Reason(kernel);
        LogUrl(kernel);
        Misc(kernel);
    }

    private void Start(KernelResult kernel, string name, string path, string status)
    {
        @object.Start(@object.TestId(run, kernel, name));
        json.WriteString("build_id", @object.BuildId(kernel));
        json.WriteString("path", path);
        json.WriteString("status", status);
        json.WriteStartObject("environment");
        @object.Text("comment", $"{run.Host.Qemu}, {run.Accel}");
        json.WriteStartObject("misc");
        // KernelCI counts tests by this name of the machine.
        @object.Text("platform", $"qemu-{kernel.Arch}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Reason(KernelResult kernel)
    {
        @object.Text("comment", Words.Of(kernel));
        if (kernel.ConsoleExcerpt is { } excerpt)
        {
            Excerpt(excerpt);
        }
    }

    private void Excerpt(string text)
    {
        var lines = GuestText.Lines(text);
        json.WriteString("log_excerpt", lines.Length <= LongestExcerpt ? lines : lines[^LongestExcerpt..]);
    }

    private void LogUrl(KernelResult kernel)
    {
        if (published is not null && kernel.Console is { } console)
        {
            var path = string.Join('/', Path.ChangeExtension(console, ".txt").Split('/').Select(Uri.EscapeDataString));
            json.WriteString("log_url", new Uri(published, path).AbsoluteUri);
        }
    }

    private void Misc(KernelResult kernel)
    {
        json.WriteStartObject("misc");
        json.WriteBoolean("as_expected", kernel.AsExpected);
        json.WriteString("kernel_status", Words.Of(kernel.Status));
        @object.Text("measured_by_run", kernel.Known?.Run);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Of a kernel that was never booted, and in documents that do not say, the run's.</summary>
    private DateTimeOffset StartOf(KernelResult kernel) => KcidbObject.Written(kernel.StartedAt ?? run.StartedAt);

    private DateTimeOffset StartOfProbing(KernelResult kernel) =>
        Later(StartOf(kernel), kernel.BootSeconds ?? 0);

    private static DateTimeOffset Later(DateTimeOffset time, double seconds) =>
        time.AddMilliseconds(Math.Round(seconds * 1000));
}
