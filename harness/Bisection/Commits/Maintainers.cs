using System.Text.RegularExpressions;
using CliWrap;
using Harness.Kernels.Git;
using Harness.Processes;

namespace Harness.Bisection.Commits;

/// <summary>Who is to hear of a commit, by a tree's own <c>scripts/get_maintainer.pl</c>.</summary>
/// <param name="scratch">A directory that is emptied: it gets the script, and what the script reads.</param>
internal sealed partial class Maintainers(GitRepository repository, string scratch)
{
    private const string Script = "scripts/get_maintainer.pl";
    private const string List = "MAINTAINERS";
    private const string Ignored = ".get_maintainer.ignore";
    private const string Patch = "commit.patch";

    /// <summary>Of a commit that touches more files, the first ones tell who is to hear of it.</summary>
    private const int MostFiles = 200;

    private const int MostAddresses = 50;

    /// <summary>In bytes, of addresses and of errors each.</summary>
    private const int MostSaid = 64 << 10;

    /// <summary>On a quiet machine it takes half a second.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    /// <param name="culprit">What they are to hear of.</param>
    /// <param name="tree">The commit that has the script and the list of maintainers.</param>
    /// <returns>Addresses, and why there are none.</returns>
    public async Task<(IReadOnlyList<string> Addresses, string? Problem)> OfAsync(
        Commit culprit, string tree, CancellationToken cancellation)
    {
        if (CommandExecution.Find("perl") is null)
        {
            return ([], "perl is not installed");
        }
        foreach (var needed in new[] { Script, List })
        {
            if (!await repository.HoldsAsync(tree, needed, cancellation).ConfigureAwait(false))
            {
                return ([], $"the tree has no {needed}");
            }
        }
        Files.Remove(scratch);
        Directory.CreateDirectory(Path.Combine(scratch, "scripts"));
        foreach (var file in new[] { Script, List, Ignored })
        {
            await TakeAsync(tree, file, cancellation).ConfigureAwait(false);
        }
        await WritePatchAsync(culprit, cancellation).ConfigureAwait(false);
        return await AskAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<(IReadOnlyList<string> Addresses, string? Problem)> AskAsync(CancellationToken cancellation)
    {
        // Its own options win over a .get_maintainer.conf, and HOME keeps it from the user's.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var (output, errors) = (new BoundedTarget(MostSaid, stop.Cancel), new BoundedTarget(MostSaid, stop.Cancel));
        var script = new Command("perl")
            .WithArguments([
                Script, "--no-tree", "--no-git", "--no-git-fallback", "--no-rolestats", "--no-roles", Patch,
            ])
            .WithWorkingDirectory(scratch).WithEnvironmentVariable("HOME", scratch)
            .WithEnvironmentVariable("LC_ALL", "C.UTF-8")
            .WithStandardOutputPipe(output).WithStandardErrorPipe(errors);
        try
        {
            var ended = await script.TryRunAsync(stop.Token, _longest).ConfigureAwait(false);
            var said = new FinishedCommand(script, ended, output.Text, errors.Text);
            if (!said.IsSuccess)
            {
                return ([], said.Describe().Split('\n')[0]);
            }
            var addresses = said.StandardOutput.Split('\n', StringSplitOptions.TrimEntries)
                .Where(line => Address().IsMatch(line)).Distinct(StringComparer.Ordinal).Take(MostAddresses).ToList();
            return (addresses, addresses.Count > 0 ? null : $"{Script} names nobody");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ([], $"{Script} says more than {MostSaid >> 10} KiB");
        }
        catch (CommandException e)
        {
            return ([], e.Message.Split('\n')[0]);
        }
        finally
        {
            Files.Remove(scratch);
        }
    }

    private async Task TakeAsync(string tree, string file, CancellationToken cancellation)
    {
        var content = await repository.TryAsync(cancellation, "cat-file", "blob", $"{tree}:{file}")
            .ConfigureAwait(false);
        if (content.IsSuccess)
        {
            await File.WriteAllTextAsync(Path.Combine(scratch, file), content.StandardOutput, cancellation)
                .ConfigureAwait(false);
        }
    }

    private async Task WritePatchAsync(Commit culprit, CancellationToken cancellation)
    {
        var names = await repository.AskAsync(cancellation, "diff-tree", "-r", "--no-renames", "--name-only", "-z",
            culprit.Parents[0], culprit.Id).ConfigureAwait(false);
        var first = names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Take(MostFiles);
        var patch = await repository.AskAsync(cancellation, ["diff-tree", "-r", "-p", "--no-ext-diff", "--no-textconv",
            "--no-renames", culprit.Parents[0], culprit.Id, "--", .. first.Select(name => $":(top,literal){name}")])
            .ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(scratch, Patch), patch + "\n", cancellation).ConfigureAwait(false);
    }

    /// <summary>A bare address, or one behind a name.</summary>
    [GeneratedRegex(@"^([^<>@\p{C}]+ <[^<>@\s\p{C}]+@[^<>@\s\p{C}]+>|[^<>@\s\p{C}]+@[^<>@\s\p{C}]+)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
