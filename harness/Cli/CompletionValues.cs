using System.CommandLine;
using System.CommandLine.Completions;
using Harness.History;
using Harness.Kernels;
using Harness.Matrix;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>
/// What the values of options and arguments can be, for completion in a shell. Only what is at hand is looked at: no
/// archive is asked and nothing is built. What cannot be read has no values.
/// </summary>
internal sealed class CompletionValues(VerbContext context)
{
    private readonly Workspace _workspace = context.Workspace;

    /// <summary>Adds the values to all verbs; they are found when a shell asks for them.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var verb in root.Subcommands.SelectMany(VerbText.Leaves))
        {
            foreach (var option in verb.Options)
            {
                Add(option.CompletionSources, verb.Name, option.Name);
                if (option.ValueType.IsEnum)
                {
                    var names = Enum.GetNames(option.ValueType).Select(name => name.ToLowerInvariant()).ToArray();
                    option.CompletionSources.Clear(); // They have the names as .NET writes them.
                    option.CompletionSources.Add(names);
                }
            }
            foreach (var argument in verb.Arguments)
            {
                Add(argument.CompletionSources, verb.Name, argument.Name);
            }
        }
    }

    private void Add(
        List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, string verb, string name)
    {
        Func<CompletionContext, IEnumerable<string>>? values = name switch
        {
            "--only" or "--good" or "--bad" => _ => Kernels(),
            "--case" => _ => Cases(),
            "--baseline" or "--from" or "RUN" or "A" or "B" => _ => RunPaths(),
            "--format" when verb == "report" => asked => Formats(asked.WordToComplete),
            _ => null,
        };
        if (values is not null)
        {
            sources.Add(asked => AtHand(() => values(asked)).Select(value => new CompletionItem(value)));
        }
    }

    /// <summary>A completion has no place for an error.</summary>
    private static IReadOnlyList<string> AtHand(Func<IEnumerable<string>> read)
    {
        try
        {
            return [.. read().Distinct()];
        }
        catch (Exception e) when (e is HarnessException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The kernels that the default matrix or its lock names, and those of earlier runs.</summary>
    private IEnumerable<string> Kernels()
    {
        var (matrix, form) = (_workspace.Repository.DefaultMatrix, context.Catalog.Matrix);
        return
        [
            .. AtHand(() => new MatrixLoader(form).Load(matrix).Kernels.SelectMany(entry => entry.Named)
                .Select(named => named.Id)),
            .. AtHand(() => new KernelLockFile(form.Sources).Read(MatrixResolver.LockPath(matrix)).Kernels
                .Select(kernel => kernel.Id)),
            .. AtHand(EarlierKernels),
        ];
    }

    private IEnumerable<string> EarlierKernels()
    {
        using var store =
            HistoryStore.OpenExisting(Path.Combine(_workspace.Repository.Results, HistoryStore.Name));
        return store.Read().Runs.SelectMany(run => run.Results).Select(result => result.Kernel);
    }

    /// <summary>The cases that the probers have which <c>make build</c> built.</summary>
    private IEnumerable<string> Cases()
    {
        var planner = new RunPlanner(_workspace, context.Catalog.Matrix, context.Catalog.Probes, _ => { });
        var programs = planner
            .ProgramsAsync(null, planner.EntriesOf(null, ProbeOptionValues.None), CancellationToken.None).GetAwaiter()
            .GetResult();
        return programs.All.SelectMany(program => program.Cases).Select(c => c.Id);
    }

    /// <summary>The run directories, as paths from where the shell is.</summary>
    private IEnumerable<string> RunPaths()
    {
        var results = _workspace.Repository.Results;
        var latest = Path.Combine(results, LatestLink.Name);
        return RunDirectories.In(results).Select(run => run.Path).Concat(Path.Exists(latest) ? [latest] : [])
            .Select(path => Path.GetRelativePath(Environment.CurrentDirectory, path));
    }

    /// <summary>The formats that do not yet stand in the list that is written.</summary>
    private IEnumerable<string> Formats(string written)
    {
        var before = written[..(written.LastIndexOf(',') + 1)];
        var known = context.Catalog.Formats.Select(format => format.Name);
        return known.Except(before.Split(',')).Select(name => before + name);
    }
}
