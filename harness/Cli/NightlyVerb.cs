using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Harness.Nights;

namespace Harness.Cli;

/// <summary><c>harness nightly</c>, or <c>scripts/nightly</c>: one night, or the timer that starts one.</summary>
internal sealed class NightlyVerb
{
    /// <summary>The verb's name, with which its messages begin.</summary>
    public const string Name = "nightly";

    /// <summary>
    /// How long a night may take after a second signal: longer than the verb that runs then and the notify command.
    /// </summary>
    public static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(2);

    private const string Description = """
        Runs nightly.yaml, compares with the last good night (results/baseline), publishes the site, removes old nights,
        and prints what changed. What the run itself says goes to standard error.

        Examples:
          scripts/nightly --notify-command 'mail -s "kernel harness" me'   (the exit code is in $HARNESS_NIGHTLY_EXIT)
          scripts/nightly --site /srv/www/kernels -- --only 'debian-6.1.*'
          scripts/nightly --site-url https://example.org/kernels           (where the site is served)
          scripts/nightly --install --at '*-*-* 03:30:00' --keep 60        (a systemd timer with these options)
          scripts/nightly --uninstall

        Exit codes: 0 nothing changed; 1 something did (on a first night: some result is not as expected); 2 usage or
        configuration error, nothing was run; 3 a kernel could not be tested, or the night could not be compared or
        published, for a reason on our side; 130 interrupted. After 3 and 130 the baseline stays, so that no change is
        lost.
        """;

    private const int MostNights = 999_999;

    private readonly Option<string?> _kernels = new("--kernels")
    {
        Description = "The matrix. Default: nightly.yaml",
        HelpName = "FILE",
    };

    private readonly Option<string?> _site = new("--site")
    {
        Description = "Where the site goes. Default: results/site",
        HelpName = "DIR",
    };

    private readonly Option<string?> _siteUrl = new("--site-url")
    {
        Description = "Where the site is served: the night's kcidb.json links to its consoles",
        HelpName = "URL",
    };

    private readonly SiteSizeOption _size = new();

    private readonly Option<string?> _results = new("--results")
    {
        Description = "Where the run directories lie. Default: results/",
        HelpName = "DIR",
    };

    private readonly Option<int> _keep = new("--keep")
    {
        Description = "How many nights stay",
        HelpName = "N",
        DefaultValueFactory = _ => 30,
    };

    private readonly Option<string?> _notify = new("--notify-command")
    {
        Description = "A shell command that gets the summary on standard input; $HARNESS_NIGHTLY_EXIT is the exit code",
        HelpName = "CMD",
    };

    private readonly Option<bool> _allAnew = new("--all-anew")
    {
        Description = "Boot every kernel. Otherwise one whose verdicts are known is not booted, but once a week and on"
            + " the first of a month",
    };

    private readonly Option<bool> _warm = new("--warm")
    {
        Description = "Kernels of which there are snapshots are restored. Default: each is booted, as with run --cold",
    };

    private readonly Option<bool> _install = new("--install")
    {
        Description = "Install systemd units that run this every night with the options given",
    };

    private readonly Option<bool> _uninstall = new("--uninstall") { Description = "Remove these units" };
    private readonly Option<bool> _user = new("--user") { Description = "For this user; the default, but for root" };
    private readonly Option<bool> _system = new("--system") { Description = "For the system" };
    private readonly Option<string> _at = new("--at")
    {
        Description = "When, as OnCalendar= takes it",
        HelpName = "WHEN",
        DefaultValueFactory = _ => "*-*-* 02:00:00",
    };

    private readonly Argument<string[]> _runOptions = new("options")
    {
        Description = "Behind --: options of `harness run`",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new NightlyVerb();
        var command = new System.CommandLine.Command(Name, Description)
        {
            verb._kernels, verb._site, verb._siteUrl, verb._size, verb._results, verb._keep, verb._notify,
            verb._allAnew,
            verb._warm,
            verb._install, verb._uninstall, verb._user, verb._system, verb._at, verb._runOptions,
        };
        command.SetAction((parsed, cancellation) => verb.RunAsync(context, parsed, cancellation));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var terminal = context.Terminal.Named(Name);
        var repository = context.Workspace.Repository;
        var options = Options(parsed, repository);
        if (!parsed.GetValue(_install) && !parsed.GetValue(_uninstall))
        {
            void Tell(NightEvent happened) => Write(terminal, happened);
            var night = new Night(options, VerbRunners.Find(context.Catalog), context.Workspace.Clock, Tell);
            return await night.RunAsync(cancellation).ConfigureAwait(false);
        }
        var system = parsed.GetValue(_system) || (!parsed.GetValue(_user) && Environment.IsPrivilegedProcess);
        var units = new NightlyUnits(repository.Path, system ? UnitScope.System : UnitScope.User, terminal.Error);
        if (parsed.GetValue(_uninstall))
        {
            await units.UninstallAsync(cancellation).ConfigureAwait(false);
            return ExitCodes.AsExpected;
        }
        IReadOnlyList<string> writable = [options.Results, options.Site];
        return await units.InstallAsync(parsed.GetValue(_at)!, Written(parsed, options), writable, cancellation)
            .ConfigureAwait(false);
    }

    private NightOptions Options(ParseResult parsed, Repository repository)
    {
        var runOptions = parsed.GetValue(_runOptions) ?? [];
        var behind = parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).Skip(1).Count();
        if (runOptions.Length > behind)
        {
            throw new UsageException($"unknown: {runOptions[0]}; see `scripts/nightly --help`");
        }
        // A link leads to what it names: paths in a matrix are relative to the file itself.
        var kernels = Files.RealPath(parsed.GetValue(_kernels) ?? Path.Combine(repository.Path, "nightly.yaml"));
        if (!File.Exists(kernels))
        {
            throw new UsageException($"--kernels: {kernels} is no file");
        }
        if (parsed.GetValue(_allAnew) && runOptions.Any(o => o.Split('=')[0] is "--reuse" or "--renew"))
        {
            throw new UsageException("--all-anew measures all kernels, and --reuse and --renew leave some out");
        }
        if (parsed.GetValue(_keep) is < 1 or > MostNights)
        {
            throw new UsageException($"--keep takes a number from 1 to {MostNights}");
        }
        if (parsed.GetValue(_install) && parsed.GetValue(_uninstall))
        {
            throw new UsageException("--install and --uninstall cannot both be done");
        }
        var results = parsed.GetValue(_results) is { } given ? Files.RealPath(given) : repository.Results;
        var site = parsed.GetValue(_site) is { } place ? Files.RealPath(place) : Path.Combine(results, "site");
        return new NightOptions(kernels, results, site, parsed.GetValue(_keep), parsed.GetValue(_notify), runOptions)
        {
            SiteAddress = parsed.GetValue(_siteUrl) is { } url ? SiteAddress.Parse(_siteUrl.Name, url) : null,
            MostMegabytes = _size.Of(parsed),
            AllAnew = parsed.GetValue(_allAnew),
            Warm = parsed.GetValue(_warm),
        };
    }

    /// <summary>The options that were given, so that a timer's nights run with them; paths are absolute.</summary>
    private IReadOnlyList<string> Written(ParseResult parsed, NightOptions options)
    {
        var all = new (Option Option, string Value)[]
        {
            (_kernels, options.Kernels), (_results, options.Results), (_site, options.Site),
            (_siteUrl, options.SiteAddress?.AbsoluteUri ?? ""), (_size, Number(options.MostMegabytes)),
            (_keep, Number(options.Keep)), (_notify, options.NotifyCommand ?? ""),
        };
        return
        [
            .. all.Where(o => parsed.GetResult(o.Option) is { Implicit: false })
                .SelectMany(o => new[] { o.Option.Name, o.Value }),
            .. options.AllAnew ? [_allAnew.Name] : Array.Empty<string>(),
            .. options.Warm ? [_warm.Name] : Array.Empty<string>(),
            .. options.RunOptions.Count == 0 ? [] : options.RunOptions.Prepend("--"),
        ];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Write(Terminal terminal, NightEvent happened)
    {
        switch (happened)
        {
            case NightEvent.StepEnded { Output: var output }:
                terminal.Relay(output);
                break;
            case NightEvent.Warned { Problem: var problem }:
                terminal.Error(problem);
                break;
            case NightEvent.Summarised { Text: var text }:
                foreach (var line in text.TrimEnd('\n').Split('\n'))
                {
                    terminal.Line(line);
                }
                terminal.Out.Flush();
                break;
        }
    }
}
