using Harness.Probes;
using Harness.Results;

namespace Harness.Site;

/// <summary>
/// Writes the static site. A file whose bytes stay the same is not touched, so that only changes need to be copied to a
/// web server.
/// </summary>
/// <param name="results">The directory of the run directories.</param>
/// <param name="site">The directory of the site.</param>
/// <param name="probes">The probes whose answers the pages show.</param>
public sealed class SitePublisher(string results, string site, ProbeList probes)
{
    /// <param name="matrix">Only runs of the matrix file of this name; <c>null</c> for all runs.</param>
    /// <param name="most">How many runs at most; the newest are taken.</param>
    /// <exception cref="SiteException">
    /// The directory holds something else, or another's file is in the place of one of the site's.
    /// </exception>
    public Publication Publish(string? matrix, int most)
    {
        var before = SiteManifest.Read(site).Files;
        var (runs, warnings) = ReadRuns(matrix);
        runs = runs.OrderByDescending(r => r.Info.StartedAt).ThenByDescending(r => r.Directory, StringComparer.Ordinal)
            .Take(most).ToList();
        if (runs.Count == 0 && (matrix is not null || before.Count > 0))
        {
            var which = matrix is null ? "" : $" of the matrix '{matrix}'";
            throw new SiteException($"{results} has no run{which} that can be published; the site stays as it is"
                + string.Concat(warnings.Select(w => $"\n{w}")));
        }
        var files = Files(runs);
        RequireOwn(files, before);
        Directory.CreateDirectory(site);
        var after = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        // The new files are listed before they are written, so that after a crash they are known to be the site's.
        PutManifest(before.Concat(after));
        var written = files.Count(f => f.Put(site));
        var gone = before.Where(f => !after.Contains(f)).ToList();
        gone.ForEach(Remove);
        PutManifest(after);
        return new Publication(runs.Count, written, files.Count - written, gone.Count, warnings);
    }

    /// <summary>Reads one document at a time, since each may have tens of megabytes.</summary>
    private (List<PublishedRun> Runs, List<string> Warnings) ReadRuns(string? matrix)
    {
        var (runs, warnings) = (new List<PublishedRun>(), new List<string>());
        foreach (var directory in RunDirectories.In(results).Where(d => d.HasResults))
        {
            try
            {
                // A run whose header cannot be read may be of this matrix: reading it all says what is wrong with it.
                if (matrix is null || RunHeader.Read(directory) is not { } header || header.Matrix == matrix)
                {
                    runs.Add(PublishedRun.Read(directory, probes));
                }
            }
            catch (ResultsException e)
            {
                warnings.Add($"left out: {e.Message}");
            }
        }
        return (runs, warnings);
    }

    private List<SiteFile> Files(List<PublishedRun> runs)
    {
        var newest = runs.FirstOrDefault(r => r.Info.Complete) ?? runs.FirstOrDefault();
        var files = new List<SiteFile> { new SiteFile.Made("index.html", SitePages.Index(runs, newest)) };
        if (newest is not null)
        {
            files.Add(new SiteFile.Made("latest.html", SitePages.Latest(newest)));
            if (newest.Reports.Contains(PublishedRun.Badge))
            {
                files.Add(new SiteFile.Copied(PublishedRun.Badge,
                    Path.Combine(results, newest.Directory, PublishedRun.Badge)));
            }
        }
        foreach (var run in runs)
        {
            var (from, to) = (Path.Combine(results, run.Directory), $"runs/{run.Directory}");
            files.Add(new SiteFile.Made($"{to}/index.html", SitePages.Run(run)));
            files.AddRange(run.Reports.Select(name => new SiteFile.Copied($"{to}/{name}", Path.Combine(from, name))));
            files.AddRange(PublishedRun.Consoles(from)
                .Select(name => new SiteFile.Copied($"{to}/console/{name}", Path.Combine(from, "console", name))));
        }
        return files;
    }

    private void RequireOwn(List<SiteFile> files, IReadOnlyList<string> own)
    {
        var known = own.ToHashSet(StringComparer.Ordinal);
        var unknown = files.Where(f => !known.Contains(f.Path));
        if (unknown.FirstOrDefault(f => Path.Exists(Path.Combine(site, f.Path))) is { } foreign)
        {
            throw new SiteException(
                $"--out: {Path.Combine(site, foreign.Path)} was not published by the harness, and is in the way");
        }
    }

    private void PutManifest(IEnumerable<string> files) =>
        new SiteFile.Made(SiteManifest.Name, SiteManifest.Of(files).ToBytes()).Put(site);

    /// <summary>Removes a file, and the directories that are empty without it.</summary>
    private void Remove(string file)
    {
        var path = Path.Combine(site, file);
        File.Delete(path);
        var directory = Path.GetDirectoryName(path)!;
        while (directory.Length > site.Length
            && Directory.Exists(directory) && !Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
            directory = Path.GetDirectoryName(directory)!;
        }
    }
}
