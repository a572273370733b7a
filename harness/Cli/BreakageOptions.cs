using System.CommandLine;
using Harness.Bisection.Commits;
using Harness.Kernels.Git;

namespace Harness.Cli;

/// <summary>The options of <c>bisect --git</c> that get past commits which do not build or boot.</summary>
internal sealed class BreakageOptions
{
    private readonly Option<string[]> _apply = new("--apply")
    {
        Description = "Of commits: a patch for each tree to which it applies, before the build (repeatable)",
        HelpName = "PATCH",
    };

    private readonly Option<string[]> _applyIf = new("--apply-if")
    {
        Description = "Of commits: a patch for the trees with this revision in their history, and of REV..REV without"
            + " the second one; there it must apply (repeatable)",
        HelpName = "REV[..REV]:PATCH",
    };

    private readonly Option<string?> _beforeBuild = new("--before-build")
    {
        Description = "Of commits: a command for a shell, run in each tree before its build; where it fails, the commit"
            + " is skipped",
        HelpName = "COMMAND",
    };

    private readonly Option<string?> _compilers = new(CommitRequest.CompilersOption)
    {
        Description = "Of commits: compilers, separated by commas, such as gcc-12,gcc-9,LLVM=-16: the first that builds"
            + " a commit is taken, and tried first for those of its time",
        HelpName = "LIST",
    };

    public void AddTo(System.CommandLine.Command command)
    {
        command.Add(_apply);
        command.Add(_applyIf);
        command.Add(_beforeBuild);
        command.Add(_compilers);
    }

    /// <summary>The names of the options that were given.</summary>
    public IEnumerable<string> Given(ParseResult parsed) => new (string Name, bool Given)[]
    {
        (_apply.Name, parsed.GetValue(_apply) is { Length: > 0 }),
        (_applyIf.Name, parsed.GetValue(_applyIf) is { Length: > 0 }),
        (_beforeBuild.Name, parsed.GetValue(_beforeBuild) is not null),
        (_compilers.Name, parsed.GetValue(_compilers) is not null),
    }.Where(option => option.Given).Select(option => option.Name);

    public string? BeforeBuild(ParseResult parsed) => parsed.GetValue(_beforeBuild);

    /// <summary>Names of compilers, in the order in which they are tried.</summary>
    /// <param name="makeArguments">What the user gives to make.</param>
    /// <exception cref="UsageException">The list is empty, or make is given a compiler, too.</exception>
    public IReadOnlyList<string> Compilers(ParseResult parsed, IReadOnlyList<string> makeArguments)
    {
        if (parsed.GetValue(_compilers) is not { } list)
        {
            return [];
        }
        string[] names = [.. list.Split(',', StringSplitOptions.TrimEntries).Distinct()];
        return names.Contains("")
            ? throw new UsageException($"{_compilers.Name}: '{list}' lacks a name")
            : makeArguments.FirstOrDefault(IsCompiler) is { } twice
                ? throw new UsageException($"{_compilers.Name}: --make-args {twice} names a compiler, too")
                : names;

        static bool IsCompiler(string argument) =>
            argument.Split('=')[0] is "CC" or "LLVM" or "CROSS_COMPILE";
    }

    /// <summary>The patches, those with a condition last; their revisions are as they were typed.</summary>
    /// <exception cref="UsageException">A patch cannot be read, or a condition is none.</exception>
    public IReadOnlyList<TreePatch> Patches(ParseResult parsed) =>
    [
        .. (parsed.GetValue(_apply) ?? []).Select(path => Read(_apply.Name, path)),
        .. (parsed.GetValue(_applyIf) ?? []).Select(Conditional),
    ];

    /// <summary>No revision has a colon (git-check-ref-format(1)), so that the first one ends it.</summary>
    private TreePatch Conditional(string text)
    {
        if (text.Split(':', 2) is not [{ Length: > 0 } condition, { Length: > 0 } path])
        {
            throw new UsageException($"{_applyIf.Name}: '{text}' is not REV:PATCH or REV..REV:PATCH");
        }
        var ends = condition.Split("..", 2);
        if (ends.Any(end => end.Length == 0))
        {
            throw new UsageException($"{_applyIf.Name}: '{condition}' lacks a revision");
        }
        return Read(_applyIf.Name, path) with { Since = ends[0], Until = ends.ElementAtOrDefault(1) };
    }

    private static TreePatch Read(string option, string path)
    {
        try
        {
            return new TreePatch(Path.GetFileName(path), File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }
}
