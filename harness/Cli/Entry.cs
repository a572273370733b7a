using System.CommandLine;
using System.CommandLine.Help;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>The command line: verbs, and what each kind of failure answers.</summary>
public static class Entry
{
    /// <summary>Verbs that keep in files what they print.</summary>
    private static readonly string[] _keepFiles = ["run", "bisect", NightlyVerb.Name];

    private static string Description(Catalog catalog) => $"""
        Boots a matrix of Linux kernels and says on which of them {catalog.Examples.Subject}.

        Examples:
          harness run                                  test the default matrix, kernels.yaml
          harness run --only 'debian-6.1.*'            just these kernels of it
          {$"harness run --image {Catalog.Machines[0].InstalledImage}",-44} one kernel image, without a matrix
          harness list                                 what the matrix comes to today
          harness report results/latest                make the reports again
          harness diff RUN results/latest              what changed between two runs
          harness bisect --case ID --good K --bad K    between which kernels did a verdict change?
          harness doctor                               is this machine fit for it?
        """;

    /// <param name="catalog">The parts to compose the harness of; <c>null</c> for those of this project.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, Catalog? catalog = null)
    {
        using var workspace = new Workspace();
        var context = new VerbContext(terminal, workspace, catalog ?? Catalog.Default);
        var root = new RootCommand(Description(context.Catalog))
        {
            RunVerb.Create(context), ListVerb.Create(context), ProbesVerb.Create(context), LockVerb.Create(context),
            FetchVerb.Create(context), ReportVerb.Create(context), DiffVerb.Create(context), BisectVerb.Create(context),
            HistoryVerb.Create(context), PublishVerb.Create(context), PruneVerb.Create(context),
            NightlyVerb.Create(context), PlanVerb.Create(context), MergeVerb.Create(context),
            ClusterVerb.Create(context),
            DoctorVerb.Create(context), SchemaVerb.Create(context), CompletionVerb.Create(context),
            ManVerb.Create(context),
        };
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(terminal);
        new CompletionValues(context).AddTo(root);
        var parsed = root.Parse(arguments);
        if (parsed is { Action: HelpAction, CommandResult.Command: RootCommand })
        {
            Summarise(root);
        }
        if (parsed.CommandResult.Command.Name == NightlyVerb.Name)
        {
            terminal = terminal.Named(NightlyVerb.Name);
        }
        if (IsRefused(parsed, arguments, terminal))
        {
            return arguments.Contains(BisectVerb.Step) ? ExitCodes.BisectStop : ExitCodes.Usage;
        }
        HelpText.Fit(root, parsed.CommandResult.Command, terminal);
        var code = await InvokeAsync(parsed, terminal).ConfigureAwait(false);
        return terminal.OutputFailure is { } failure ? Unwritten(parsed, code, failure, terminal) : code;
    }

    /// <summary>In the list of verbs each has its first sentence; `harness VERB --help` has the rest.</summary>
    private static void Summarise(RootCommand root)
    {
        foreach (var verb in root.Subcommands)
        {
            verb.Description = VerbText.Summary(verb);
        }
    }

    /// <summary>
    /// Says that standard output is not whole. That is a failure of a verb whose answer it is; what a run, a night or a
    /// bisection found is in files.
    /// </summary>
    private static int Unwritten(ParseResult parsed, int code, string failure, Terminal terminal)
    {
        terminal.Error($"standard output cannot be written: {failure}");
        return code == ExitCodes.AsExpected && !_keepFiles.Contains(parsed.CommandResult.Command.Name)
            ? ExitCodes.NotTestable
            : code;
    }

    /// <summary>Says what is wrong with the command line, if anything is.</summary>
    private static bool IsRefused(ParseResult parsed, string[] arguments, Terminal terminal)
    {
        // Where a word is unknown, the library also says that the verb is missing.
        var unknown = parsed.Errors.Where(ParseMessages.IsUnknown).ToList();
        foreach (var error in unknown.Count > 0 ? unknown : parsed.Errors)
        {
            terminal.Error(ParseMessages.Of(error));
        }
        // A verb that takes words, such as paths, would take a misspelt option for one of them.
        var misspelt = parsed.Errors.Count > 0 ? [] : ParseMessages.OptionsAmongWords(parsed).ToList();
        foreach (var word in misspelt)
        {
            terminal.Error(word);
        }
        if (parsed.Errors.Count + misspelt.Count > 0)
        {
            var verb = VerbText.PathOf(parsed.CommandResult.Command);
            terminal.Error($"see `harness {(verb.Length == 0 ? "" : verb + " ")}--help`");
            return true;
        }
        var at = Array.FindIndex(arguments, IsEmpty);
        if (at < 0)
        {
            return false;
        }
        var option = arguments[at].Length > 0 ? arguments[at].TrimEnd('=') : at > 0 ? arguments[at - 1] : "the verb";
        terminal.Error($"{option}: the argument is empty (a variable that is not set?)");
        return true;
    }

    private static bool IsEmpty(string argument) =>
        argument.Length == 0 || (argument.StartsWith("--", StringComparison.Ordinal) && argument.EndsWith('='));

    private static async Task<int> InvokeAsync(ParseResult parsed, Terminal terminal)
    {
        using var interrupt = new Interruption(
            parsed.CommandResult.Command.Name == NightlyVerb.Name ? NightlyVerb.LongestEnd : null);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // The registrations above handle signals.
            Output = terminal.Out,
            Error = terminal.Err,
        };
        try
        {
            // A verb that never waits would keep this thread, too.
            var verb = Task.Run(() => parsed.InvokeAsync(invocation, interrupt.Token));
            return await interrupt.WaitAsync(verb).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (HarnessException e)
        {
            terminal.Error(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error(e.Message);
            return ExitCodes.NotTestable;
        }
    }
}
