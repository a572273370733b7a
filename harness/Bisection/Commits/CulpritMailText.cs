using System.Text;
using Harness.Kernels.Git;
using Harness.Reports;

namespace Harness.Bisection.Commits;

/// <summary>
/// The mail about a culprit: a subject, whom it goes to, what was measured, and trailers at the end, as
/// git-interpret-trailers(1) reads them.
/// </summary>
internal static class CulpritMailText
{
    /// <param name="culprit">The answer's, with names that a mail can hold.</param>
    public static string Write(CulpritMail mail, Commit culprit, CommitAnswer answer)
    {
        var text = new StringBuilder();
        text.Line($"Subject: {mail.Subject}").Line($"To: {mail.To}").Line()
            .Line($"This commit {(answer.Confirmed ? "" : "seems to have ")}"
                + $"{(mail.Effect == CommitEffect.Regression ? "changed" : "mended")} what the kernel answers:").Line()
            .Line($"  {culprit.Named}").Line($"  by {culprit.Author}, {culprit.AuthoredAt}")
            .Line().Line(mail.Case).Line();
        End(text, "good", mail.Good);
        End(text, "bad", mail.Bad);
        text.Line();
        foreach (var line in Confidence(answer))
        {
            text.Line(GuestText.Plain(line));
        }
        var arguments = mail.CompilerArguments.Count == 0
            ? ""
            : $" (make {string.Join(' ', mail.CompilerArguments)})";
        text.Line().Line($"Compiler: {mail.Compiler ?? "not named in the .config"}{arguments}")
            .Line($"Kernel command line: {mail.KernelParameters ?? "not known: all verdicts were remembered"}");
        Config(text, mail);
        if (mail.CcProblem is { } problem)
        {
            text.Line($"Maintainers: not known: {problem}");
        }
        text.Line()
            .Line("To reproduce, in a clone of the tree, beside the files above, with the harness's scripts/ in PATH:")
            .Line();
        foreach (var command in mail.Reproduce)
        {
            text.Line("  " + command);
        }
        text.Line().Line("Or in a machine that runs the kernel, as root, with the harness's static prober alone:")
            .Line().Line("  " + mail.Prober)
            .Line().Line("The log, for git bisect replay:").Line().Line(mail.Log).Line();
        Trailers(text, mail);
        return text.ToString();
    }

    private static IEnumerable<string> Confidence(CommitAnswer answer)
    {
        yield return answer.Unconfirmed is { } otherwise
            ? $"Not confirmed: {otherwise}."
            : "Confirmed by building and booting anew the commit's parent, from nothing, and the commit.";
        if (answer.Revert is { } revert)
        {
            yield return $"{char.ToUpperInvariant(revert.InWords()[0])}{revert.InWords()[1..]}.";
        }
        foreach (var doubt in answer.Doubts)
        {
            yield return $"Doubtful: {doubt}.";
        }
    }

    private static void End(StringBuilder text, string name, MailedEnd end)
    {
        var typed = end.Commit.StartsWith(end.Typed, StringComparison.Ordinal) ? "" : GuestText.Plain(end.Typed) + ", ";
        text.Line(
            $"  {name}: {typed}{end.Commit[..12]} (\"{end.Subject}\"): {end.Verdict?.ToString() ?? "no verdict"}"
                + (end.Compiler is { } compiler ? $" (built with {compiler})" : ""));
    }

    private static void Config(StringBuilder text, CulpritMail mail)
    {
        if (mail.Config is { } config)
        {
            text.Line($"Kernel configuration: {config}");
        }
        text.Line(mail.ConfigDifference is { } difference
            ? $"Its difference from Kconfig's defaults (make savedefconfig): {difference}"
            : $"Its difference from Kconfig's defaults: none made: {mail.ConfigProblem}");
        if (mail.Patches.Count > 0)
        {
            text.Line($"The commit was built with the patches {GuestText.Plain(string.Join(", ", mail.Patches))}");
        }
        if (mail.Files.Count > 0)
        {
            text.Line($"What the probe was given: {GuestText.Plain(string.Join(", ", mail.Files))}");
        }
        if (mail.BeforeBuild is { } command)
        {
            text.Line($"Before each build, this was run in the tree: {GuestText.Plain(command)}");
        }
    }

    private static void Trailers(StringBuilder text, CulpritMail mail)
    {
        if (mail.Introduced is { } introduced)
        {
            text.Line($"#regzbot introduced: {introduced}").Line();
        }
        if (mail.Fixes is { } fixes)
        {
            text.Line($"Fixes: {fixes}");
        }
        foreach (var address in mail.Cc)
        {
            text.Line($"Cc: {address}");
        }
    }
}
