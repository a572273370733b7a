namespace Harness.Runs;

/// <summary>Whether a kernel is well before it is asked anything, as far as its console says. Pure.</summary>
internal static class ConsoleHealth
{
    /// <summary>
    /// The first message that no healthy kernel says: of an oops, a panic, or a complaint; else <c>null</c>. A kernel
    /// that says that probes start, has been asked already.
    /// </summary>
    /// <param name="console">Until the probes start.</param>
    public static string? Problem(string console) =>
        console.Contains(KernelMessages.Start, StringComparison.Ordinal)
            ? "its probes have started"
            : KernelMessages.SinceStart(console).Select(message => message.Text)
                .FirstOrDefault(text => Classifier.IsDeath(text) || ComplaintPatterns.KindOf(text) is not null);
}
