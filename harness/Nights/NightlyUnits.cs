using CliWrap;
using Harness.Processes;

namespace Harness.Nights;

/// <summary>The systemd timer that runs <c>scripts/nightly</c> every night, for a user or for the system.</summary>
/// <param name="repository">The checkout, absolute.</param>
/// <param name="scope">Which manager.</param>
/// <param name="say">Takes one line for the user.</param>
public sealed class NightlyUnits(string repository, UnitScope scope, Action<string> say)
{
    private const string Service = "harness-nightly.service";
    private const string Timer = "harness-nightly.timer";

    /// <summary>The drop-in file with what only the system's manager can do for the service.</summary>
    private const string SystemOnly = "system.conf";

    /// <summary>
    /// Variables of the installing shell that a night needs and systemd does not set: they say where dotnet and the
    /// cache are, and which archive to use.
    /// </summary>
    private static readonly string[] _inherited = ["PATH", "DOTNET_ROOT", "HARNESS_MIRROR", "XDG_CACHE_HOME"];

    private readonly string _directory = scope == UnitScope.System
        ? Variable("DESTDIR") + "/etc/systemd/system"
        : Path.Combine(UserConfiguration(), "systemd", "user");

    private string DropIn => Path.Combine(_directory, Service + ".d");

    private static string UserConfiguration() => Variable("XDG_CONFIG_HOME") is { Length: > 0 } place
        ? place
        : Path.Combine(Variable("HOME"), ".config");

    private string ScopeName => scope == UnitScope.System ? "system" : "user";

    /// <summary>Writes the units and starts the timer.</summary>
    /// <param name="when">As <c>OnCalendar=</c> takes it (systemd.time(7)).</param>
    /// <param name="options">The options of each night, as they stand on a command line.</param>
    /// <param name="writable">Directories that a night writes to, besides the checkout and the cache.</param>
    /// <returns>0, or 3 when the timer could not be started.</returns>
    /// <exception cref="UsageException">
    /// An option cannot be written into a unit, or systemd does not understand the time. Nothing was written.
    /// </exception>
    /// <exception cref="CommandException">The user is not known, or a directory could not be made.</exception>
    public async Task<int> InstallAsync(
        string when, IReadOnlyList<string> options, IReadOnlyList<string> writable, CancellationToken cancellation)
    {
        await RequireTimeAsync(when, cancellation).ConfigureAwait(false);
        var user = await UserAsync(cancellation).ConfigureAwait(false);
        var home = (await OutputAsync("getent", ["passwd", user], cancellation).ConfigureAwait(false)).Split(':')[5];
        var caches = Variable("XDG_CACHE_HOME") is { Length: > 0 } place ? place : Path.Combine(home, ".cache");
        IReadOnlyList<string> directories = [.. writable, Path.Combine(caches, "kernel-harness")];
        var kvm = await new Command("getent").WithArguments(["group", "kvm"]).TryRunAsync(cancellation)
            .ConfigureAwait(false);
        var values = new Dictionary<string, string>
        {
            ["COMMAND"] = UnitText.CommandLine([Path.Combine(repository, "scripts", "nightly"), .. options]),
            ["ENVIRONMENT"] = EnvironmentLines(),
            ["DIRECTORY"] = UnitText.Plain(repository),
            ["CALENDAR"] = UnitText.Plain(when),
            ["USER"] = UnitText.Plain(user),
            ["GROUPS"] = kvm.IsSuccess ? "SupplementaryGroups=kvm" : "",
            // The minus sign: a directory that is gone is no error.
            ["WRITABLE"] = string.Join(' ', directories.Select(d => "-" + d).Prepend(repository).Select(UnitText.Word)),
            ["HOME"] = UnitText.Plain(home),
        };
        foreach (var directory in directories.Where(d => !Directory.Exists(d)))
        {
            await MakeWritableAsync(directory, user, cancellation).ConfigureAwait(false);
        }
        Write(values);
        return await StartAsync(user, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Asks systemd whether it understands the time: a timer with a wrong one would be written, and never start.
    /// </summary>
    /// <exception cref="UsageException">It does not.</exception>
    private async Task RequireTimeAsync(string when, CancellationToken cancellation)
    {
        try
        {
            var answer = await new Command("systemd-analyze").WithArguments(["calendar", "--", when])
                .TryRunAsync(cancellation).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                throw new UsageException(
                    $"--at: '{when}' is no time that systemd understands, such as '*-*-* 02:00:00' (systemd.time(7))");
            }
        }
        catch (CommandException e)
        {
            say($"--at is not checked: {e.Message}");
        }
    }

    private async Task<string> UserAsync(CancellationToken cancellation) => scope == UnitScope.User
        ? Environment.UserName
        : (await OutputAsync("stat", ["-c", "%U", repository], cancellation).ConfigureAwait(false)).Trim();

    private static string EnvironmentLines() => string.Join('\n', _inherited.Where(name => Variable(name).Length > 0)
        .Select(name => "Environment=" + UnitText.Word($"{name}={Variable(name)}")));

    private void Write(IReadOnlyDictionary<string, string> values)
    {
        Directory.CreateDirectory(_directory);
        Write(Service, _directory, values);
        Write(Timer, _directory, values);
        if (scope == UnitScope.System)
        {
            Write(SystemOnly, Directory.CreateDirectory(DropIn).FullName, values);
        }
        say($"wrote {_directory}/harness-nightly.{{service,timer}}");
    }

    private async Task<int> StartAsync(string user, CancellationToken cancellation)
    {
        if (!await SystemctlAsync(["daemon-reload"], cancellation).ConfigureAwait(false)
            || !await SystemctlAsync(["enable", "--now", Timer], cancellation).ConfigureAwait(false))
        {
            say("the timer could not be started (above); once systemd runs: "
                + $"systemctl --{ScopeName} enable --now {Timer}");
            return ExitCodes.NotTestable;
        }
        if (scope == UnitScope.User)
        {
            say($"to run without a login, too: loginctl enable-linger {user}");
        }
        return ExitCodes.AsExpected;
    }

    /// <summary>Stops the timer and removes the units. Runs, the site and the history stay.</summary>
    public async Task UninstallAsync(CancellationToken cancellation)
    {
        if (!await SystemctlAsync(["disable", "--now", Timer], cancellation).ConfigureAwait(false))
        {
            say("the timer could not be stopped (above)");
        }
        foreach (var unit in new[] { Service, Timer }.Select(name => Path.Combine(_directory, name)).Where(File.Exists))
        {
            File.Delete(unit);
        }
        if (Directory.Exists(DropIn))
        {
            File.Delete(Path.Combine(DropIn, SystemOnly));
            RemoveIfEmpty(DropIn);
        }
        await SystemctlAsync(["daemon-reload"], cancellation).ConfigureAwait(false);
        say($"removed {_directory}/harness-nightly.{{service,timer}}; runs, the site and the history stay");
    }

    /// <summary>The drop-in directory may hold files of the administrator's own.</summary>
    private static void RemoveIfEmpty(string directory)
    {
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }

    private void Write(string template, string directory, IReadOnlyDictionary<string, string> values)
    {
        var text = File.ReadAllText(Path.Combine(repository, "scripts", "systemd", template));
        Files.Replace(Path.Combine(directory, template), UnitText.Fill(text, values));
    }

    /// <summary>A sandbox lets a night write to a directory only if it is there when the night begins.</summary>
    private async Task MakeWritableAsync(string directory, string user, CancellationToken cancellation)
    {
        if (scope == UnitScope.User)
        {
            Directory.CreateDirectory(directory);
            return;
        }
        await OutputAsync("install", ["-d", "-o", user, directory], cancellation).ConfigureAwait(false);
    }

    private async Task<bool> SystemctlAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var command = new Command("systemctl").WithArguments(["--" + ScopeName, .. arguments]);
        try
        {
            var result = await command.TryRunAsync(cancellation).ConfigureAwait(false);
            if (result.StandardError.Trim() is { Length: > 0 } error)
            {
                say(error);
            }
            return result.IsSuccess;
        }
        catch (CommandException e)
        {
            say(e.Message);
            return false;
        }
    }

    private static async Task<string> OutputAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        (await new Command(program).WithArguments(arguments).RunAsync(cancellation)
            .ConfigureAwait(false)).StandardOutput;

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
