using Harness.Analysis;

namespace Harness.Reports;

/// <summary>
/// <c>kcidb.json</c>: KCIDB's report format, version 5.3 (kernelci/kcidb-io, kcidb_io/schema/v05_03.py), with what
/// KernelCI's ingester (kernelci/dashboard, backend, monitor_submissions) needs beside it. No property is null, as the
/// format demands. A large run has further files, <c>kcidb-2.json</c> and so on, each a submission of its own.
/// </summary>
public static class KcidbReport
{
    public const string FileName = "kcidb.json";

    public const string Name = "kcidb";

    /// <summary>
    /// In bytes, of one file: what KernelCI's server takes in one submission is not documented. The default matrix with
    /// all cases has less.
    /// </summary>
    private const long Most = 32 << 20;

    public static ReportFormat Format { get; } = Of(run: null, Most);

    /// <summary>The same with links to the kernels' consoles.</summary>
    /// <param name="run">
    /// Where the run's directory is published, with a slash at its end: <c>https://example.org/runs/ID/</c>. Consoles
    /// are <c>.txt</c> there, as <c>harness publish</c> names them.
    /// </param>
    public static ReportFormat Published(Uri run) => Of(run, Most);

    /// <summary>A run that shows an issue, with the issue and where it was seen.</summary>
    public static void WriteIssue(RunStory story, KcidbIssue issue, Stream stream) =>
        Write(story, null, file => file(stream), long.MaxValue, issue);

    /// <param name="run">As in <see cref="Published"/>; <c>null</c> where nothing is published.</param>
    /// <param name="most">In bytes, of a file that has more than one test.</param>
    internal static ReportFormat Of(Uri? run, long most) => new(
        Name, FileName,
        (story, stream) => Write(story, run, file => file(stream), long.MaxValue))
    {
        WriteFiles = (story, next) => Write(story, run, next, most),
    };

    private static void Write(
        RunStory story, Uri? run, Action<Action<Stream>> next, long most, KcidbIssue? issue = null)
    {
        using var writer = new KcidbWriter(story, run);
        writer.Write(next, most, issue);
    }
}
