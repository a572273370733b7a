namespace Harness.Reports;

/// <summary>
/// A page that cannot be written from a run. It holds every problem that was found, with file and line; no page was
/// changed.
/// </summary>
public sealed class PageException(IReadOnlyList<string> problems)
    : HarnessException(string.Join('\n', problems), ExitCodes.Usage);
