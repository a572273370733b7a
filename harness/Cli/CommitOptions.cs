using System.CommandLine;
using Harness.Bisection.Commits;
using Harness.Kernels.Git;
using Harness.Reports;

namespace Harness.Cli;

/// <summary>The options of <c>bisect --git</c>.</summary>
internal sealed class CommitOptions
{
    /// <summary>What three steps may ask for.</summary>
    private const int MostAhead = 14;

    private readonly Option<string?> _git = new("--git")
    {
        Description = "Over the commits of this kernel tree, from --good REV to --bad REV; it is left as it is",
        HelpName = "DIR",
    };

    private readonly Option<string?> _toCommit = new("--to-commit")
    {
        Description =
            "When two releases differ: go on to the commit, in this clone of the kernel, whose tags of releases"
            + " are the ends; it is left as it is",
        HelpName = "DIR",
    };

    private readonly Option<bool> _firstParent = new("--first-parent")
    {
        Description = "Of commits: follow only the first parent of merges",
    };

    private readonly Option<string?> _config = new("--kernel-config")
    {
        Description = "Of commits: a fragment of options, added to the smallest configuration that can answer",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _makeArguments = new("--make-args")
    {
        Description = "Of commits: for make, such as 'LLVM=1' (repeatable)",
        HelpName = "ARGS",
    };

    private readonly Option<string?> _arch = new("--arch")
    {
        Description = "Of commits: the kernel's ARCH. Default, and all that is booted so far: "
            + BuildSettings.DefaultArch,
        HelpName = "ARCH",
    };

    private readonly Option<int?> _repeat = new("--repeat")
    {
        Description = "Of commits: boots of each kernel, whose verdicts must agree",
        HelpName = "N",
    };

    private readonly Option<string[]> _skip = new("--skip")
    {
        Description = "Of commits: a revision or a range A..B that is known to tell nothing (repeatable)",
        HelpName = "REV",
    };

    private readonly Option<int?> _speculate = new("--speculate")
    {
        Description = "Of commits: build so many that may be asked for next (2 are one step ahead, 6 two) while one is"
            + " built and booted; for machines with many processors, and some 3 GB for each and one more. Default: 0",
        HelpName = "N",
    };

    private readonly Option<string?> _format = new("--format")
    {
        Description = "Of commits: kcidb writes a confirmed culprit as an issue and its incidents, too, to kcidb.json",
        HelpName = KcidbReport.Name,
    };

    private readonly BreakageOptions _breakage = new();

    private readonly Argument<string[]> _paths = new("PATHS")
    {
        Description = "Of commits, behind `--`: only commits that touch these",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public void AddTo(System.CommandLine.Command command)
    {
        command.Add(_git);
        command.Add(_toCommit);
        command.Add(_firstParent);
        command.Add(_config);
        command.Add(_makeArguments);
        command.Add(_arch);
        command.Add(_repeat);
        command.Add(_skip);
        command.Add(_format);
        command.Add(_speculate);
        _breakage.AddTo(command);
        command.Add(_paths);
    }

    /// <returns><c>null</c> when the bisection does not begin with commits.</returns>
    /// <exception cref="UsageException">
    /// An option is given that only commits have, or an option's value cannot be used.
    /// </exception>
    public CommitRequest? Read(ParseResult parsed)
    {
        var (git, toCommit) = (parsed.GetValue(_git), parsed.GetValue(_toCommit));
        if (git is not null && toCommit is not null)
        {
            throw new UsageException("--to-commit goes on from releases; --git begins with commits");
        }
        if (git is null && toCommit is null)
        {
            RequireNone(parsed);
        }
        return git is null ? null : Request(parsed, git);
    }

    /// <summary>Revisions that are known to tell nothing.</summary>
    public IReadOnlyList<string> ReadSkipped(ParseResult parsed) => parsed.GetValue(_skip) ?? [];

    /// <returns>How it goes on to commits; <c>null</c> when it does not.</returns>
    /// <exception cref="UsageException">An option's value cannot be used.</exception>
    public CommitRequest? ReadFollowUp(ParseResult parsed) =>
        parsed.GetValue(_toCommit) is { } git ? Request(parsed, git) : null;

    private CommitRequest Request(ParseResult parsed, string git)
    {
        if (parsed.GetValue(_arch) is { } arch && arch != BuildSettings.DefaultArch)
        {
            throw new UsageException(
                $"--arch: kernels are booted on {BuildSettings.DefaultArch} only so far, not on '{arch}'");
        }
        if (parsed.GetValue(_repeat) is < 1)
        {
            throw new UsageException("--repeat must be at least 1");
        }
        IReadOnlyList<string> make = [.. (parsed.GetValue(_makeArguments) ?? [])
            .SelectMany(a => a.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        if (parsed.GetValue(_speculate) is < 0 or > MostAhead)
        {
            throw new UsageException($"--speculate is from 0 to {MostAhead}");
        }
        if (parsed.GetValue(_format) is { } format && format != KcidbReport.Name)
        {
            throw new UsageException(
                $"--format: '{format}' is not known; a bisection has {KcidbReport.Name} beside its own files");
        }
        var fragment = Fragment(parsed.GetValue(_config));
        return new CommitRequest(
            git, parsed.GetValue(_firstParent), parsed.GetValue(_paths) ?? [],
            new BuildSettings(BuildSettings.DefaultArch, fragment, make, Environment.ProcessorCount)
            {
                BeforeBuild = _breakage.BeforeBuild(parsed),
            },
            parsed.GetValue(_repeat) ?? 1)
        {
            Speculate = parsed.GetValue(_speculate) ?? 0,
            ForKcidb = parsed.GetValue(_format) is not null,
            Patches = _breakage.Patches(parsed),
            Compilers = _breakage.Compilers(parsed, make),
        };
    }

    /// <exception cref="UsageException">An option is given that only commits have.</exception>
    private void RequireNone(ParseResult parsed)
    {
        var given = new (string Name, bool Given)[]
        {
            ("--first-parent", parsed.GetValue(_firstParent)),
            ("--kernel-config", parsed.GetValue(_config) is not null),
            ("--make-args", parsed.GetValue(_makeArguments) is { Length: > 0 }),
            ("--arch", parsed.GetValue(_arch) is not null),
            ("--repeat", parsed.GetValue(_repeat) is not null),
            ("--skip", parsed.GetValue(_skip) is { Length: > 0 }),
            ("--speculate", parsed.GetValue(_speculate) is not null),
            ("--format", parsed.GetValue(_format) is not null),
            ("a path", parsed.GetValue(_paths) is { Length: > 0 }),
        }.Where(o => o.Given).Select(o => o.Name).Concat(_breakage.Given(parsed)).ToList();
        if (given.Count > 0)
        {
            throw new UsageException($"{string.Join(", ", given)}: only with --git DIR or --to-commit DIR");
        }
    }

    private static string? Fragment(string? path)
    {
        try
        {
            return path is null ? null : Files.ReadText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--kernel-config: {e.Message}");
        }
    }
}
