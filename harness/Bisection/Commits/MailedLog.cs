using System.Text.RegularExpressions;

namespace Harness.Bisection.Commits;

/// <summary>
/// The log of git's bisection in words that others use: good and bad where something broke, broken and fixed where it
/// was mended (git-bisect(1): good and bad cannot change places). <c>git bisect replay</c> takes it.
/// </summary>
internal static partial class MailedLog
{
    /// <param name="log">What <c>git bisect log</c> said, in the words of <see cref="GitBisect"/>.</param>
    public static string Of(string log, CommitEffect effect)
    {
        var (older, newer, terms) = effect == CommitEffect.Regression
            ? ("good", "bad", "")
            : ("broken", "fixed", " '--term-old=broken' '--term-new=fixed'");
        return string.Join('\n', log.TrimEnd('\n').Split('\n').Select(line => Start().IsMatch(line)
            ? Start().Replace(line, "git bisect start" + terms, 1)
            : Term().Replace(line, m => m.Value[..^3] + (m.Value.EndsWith(GitBisect.Older, StringComparison.Ordinal)
                ? older
                : newer), 1)));
    }

    [GeneratedRegex("^git bisect start '--no-checkout' '--term-old=old' '--term-new=new'",
        RegexOptions.CultureInvariant)]
    private static partial Regex Start();

    // Both terms have three letters.
    [GeneratedRegex("^(git bisect (old|new)|# (old|new)(?=: )|# (possible )?first '?(old|new)(?='? commit))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
