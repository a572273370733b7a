namespace Harness.Bisection.Commits;

/// <summary>What those who are responsible for a culprit are told. <c>bisect.md</c> ends in its text.</summary>
public sealed record CulpritMail
{
    public required CommitEffect Effect { get; init; }

    public required string Subject { get; init; }

    /// <summary>The culprit's author: <c>Name &lt;address&gt;</c>.</summary>
    public required string To { get; init; }

    /// <summary>Addresses, as <c>scripts/get_maintainer.pl</c> of the newer end names them.</summary>
    public required IReadOnlyList<string> Cc { get; init; }

    /// <summary>Why that script named nobody; <c>null</c> when it did.</summary>
    public string? CcProblem { get; init; }

    /// <summary>
    /// The value of a <c>Fixes:</c> trailer; <c>null</c> for a commit that mended something, or that is not confirmed.
    /// </summary>
    public string? Fixes { get; init; }

    /// <summary>
    /// The commit of the <c>#regzbot introduced:</c> line (Documentation/process/handling-regressions.rst);
    /// <c>null</c> for a commit that mended something, or that is not confirmed.
    /// </summary>
    public string? Introduced { get; init; }

    public required MailedEnd Good { get; init; }

    public required MailedEnd Bad { get; init; }

    /// <summary>The case: its id, what is wanted of a kernel, and why.</summary>
    public required string Case { get; init; }

    /// <summary>The compiler and its version, as the .config has them; <c>null</c> where it has none.</summary>
    public string? Compiler { get; init; }

    /// <summary>Arguments for make that choose the compiler; empty where make chose by itself.</summary>
    public IReadOnlyList<string> CompilerArguments { get; init; } = [];

    /// <summary>The culprit's .config, a file in the bisection's directory; <c>null</c> when there is none.</summary>
    public string? Config { get; init; }

    /// <summary>A file of what it sets beyond Kconfig's defaults; <c>null</c> when there is none.</summary>
    public string? ConfigDifference { get; init; }

    /// <summary>Why there is no such file; <c>null</c> when there is one.</summary>
    public string? ConfigProblem { get; init; }

    /// <summary>
    /// The patches that the culprit was built with: files, relative to the bisection's directory.
    /// </summary>
    public IReadOnlyList<string> Patches { get; init; } = [];

    /// <summary>
    /// The files that the probes were given, which lie beside the commands; those that are in the bisection's directory
    /// are relative to it.
    /// </summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The command that was run in each tree before it was built; <c>null</c> when there is none.</summary>
    public string? BeforeBuild { get; init; }

    /// <summary>The kernel's command line; <c>null</c> when nothing was booted now.</summary>
    public string? KernelParameters { get; init; }

    /// <summary>
    /// Commands for a shell in a clone of the tree, beside the files of the mail, with the harness's <c>scripts/</c>
    /// in the search path.
    /// </summary>
    public required IReadOnlyList<string> Reproduce { get; init; }

    /// <summary>The same with the prober alone, as root in a machine that runs the kernel.</summary>
    public required string Prober { get; init; }

    /// <summary>What <c>git bisect replay</c> takes.</summary>
    public required string Log { get; init; }

    /// <summary>The mail itself.</summary>
    public string Text { get; init; } = "";
}
