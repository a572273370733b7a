using System.Reflection;
using Harness.Analysis;
using Harness.Probes;
using Harness.Results;

namespace Harness.Site;

/// <summary>
/// Writes the static site. A file whose bytes stay the same is not touched, so that only changes need to be copied to a
/// web server. Files come before the pages that lead to them, and go after these: no link leads nowhere meanwhile.
/// </summary>
/// <param name="results">The directory of the run directories.</param>
/// <param name="site">The directory of the site.</param>
/// <param name="probes">The probes whose answers the pages show.</param>
/// <param name="placeOf">
/// What a kernel of this id is a point release of; <c>null</c> for a kernel that is none.
/// </param>
public sealed class SitePublisher(
    string results, string site, ProbeList probes, Func<string, KernelPlace?> placeOf)
{
    private const string Icon = "favicon.ico";
    private const int Megabyte = 1_000_000;

    /// <param name="matrix">Only runs of the matrix file of this name; <c>null</c> for all runs.</param>
    /// <param name="most">How many runs at most; the newest are taken.</param>
    /// <param name="megabytes">How large the site may be.</param>
    /// <exception cref="SiteException">
    /// The directory holds something else, or another's file is in the place of one of the site's.
    /// </exception>
    public Publication Publish(string? matrix, int most, int megabytes)
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
        var bisections = PublishedBisection.In(results, warnings.Add);
        Directory.CreateDirectory(site);
        using var scratch = new SiteScratch(site);
        var newest = runs.FirstOrDefault(r => r.Info.Complete) ?? runs.FirstOrDefault();
        var plan = new SitePlan(runs, bisections, newest, site, scratch.Path, (long)megabytes * Megabyte);
        var files = Files(new SiteContent(runs, newest, bisections, plan, megabytes));
        RequireOwn(files, before);
        var after = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        // The new files are listed before they are written, so that after a crash they are known to be the site's.
        PutManifest(before.Concat(after), scratch);
        var written = files.Count(f => f.Put(site, scratch.Path));
        var gone = before.Where(f => !after.Contains(f)).ToList();
        gone.ForEach(Remove);
        PutManifest(after, scratch);
        var bytes = after.Append(SiteManifest.Name).Sum(f => new FileInfo(Path.Combine(site, f)).Length);
        if (plan.IsTooLarge || bytes > (long)megabytes * Megabyte)
        {
            warnings.Add($"the site has {bytes / Megabyte} MB, though it may have {megabytes}: publish fewer runs");
        }
        return new Publication(
            runs.Count, written, files.Count - written, gone.Count, bytes, plan.LeftOut, warnings);
    }

    /// <summary>
    /// Reads one document at a time, since each may have tens of megabytes, and keeps the last one of each matrix to
    /// compare the next one with.
    /// </summary>
    private (List<PublishedRun> Runs, List<string> Warnings) ReadRuns(string? matrix)
    {
        var (runs, warnings) = (new List<PublishedRun>(), new List<string>());
        var last = new Dictionary<string, (string Directory, RunDocument Document)>(StringComparer.Ordinal);
        foreach (var (directory, _) in RunDirectories.In(results).Where(d => d.HasResults)
            .Select(d => (Directory: d, Header: RunHeader.Read(d)))
            // A run whose header cannot be read may be of this matrix: reading it all says what is wrong with it.
            .Where(d => matrix is null || d.Header is null || d.Header.Matrix == matrix)
            .OrderBy(d => d.Header?.StartedAt).ThenBy(d => d.Directory.Name, StringComparer.Ordinal))
        {
            try
            {
                var document = probes.Read(directory.Path);
                PublishedChanges? changes = last.TryGetValue(document.Run.Matrix, out var older)
                    ? PublishedChanges.Of(
                        older.Directory, RunDiff.Of(older.Document, document, placeOf, probes), document)
                    : null;
                runs.Add(PublishedRun.Of(directory, document, probes, changes));
                if (document.Run.Complete)
                {
                    last[document.Run.Matrix] = (directory.Name, document);
                }
            }
            catch (ResultsException e)
            {
                warnings.Add($"left out: {e.Message}");
            }
        }
        return (runs, warnings);
    }

    /// <summary>In the order in which they are written.</summary>
    private static List<SiteFile> Files(SiteContent content)
    {
        var plan = content.Plan;
        List<SiteFile> files = [new SiteFile.Made(Icon, Resource(Icon)), .. plan.Files];
        foreach (var run in content.Runs)
        {
            var place = SitePlan.PlaceOf(run);
            files.AddRange(run.Files.Where(f => f.Rank == FileRank.Page).Select(f => Page(run, f, plan)));
            files.Add(new SiteFile.Made($"{place}/index.html", RunPage.Of(run, content)));
        }
        foreach (var bisection in content.Bisections)
        {
            var place = SitePlan.PlaceOf(bisection);
            files.AddRange(bisection.Files.Select(f => new SiteFile.Copied($"{place}/{f.Name}", f.Source)));
            files.Add(new SiteFile.Made($"{place}/index.html", BisectionPage.Of(bisection, content)));
        }
        if (content.Newest is { } newest)
        {
            files.AddRange(newest.Files.Where(f => f.Name == RunFile.Badge)
                .Select(f => new SiteFile.Copied(RunFile.Badge, f.Source)));
            files.Add(new SiteFile.Made("latest.html", LatestPage.Of(newest)));
        }
        files.Add(new SiteFile.Made("index.html", IndexPage.Of(content)));
        return files;
    }

    private static SiteFile Page(PublishedRun run, RunFile file, SitePlan plan)
    {
        var path = $"{SitePlan.PlaceOf(run)}/{file.Name}";
        var byName = run.Files.ToDictionary(f => f.Name, StringComparer.Ordinal);
        string? Find(string name) => byName.TryGetValue(name, out var found) ? plan.Find(found) : null;
        return file.Name switch
        {
            RunFile.Html => new SiteFile.Made(path, SiteReport.Html(File.ReadAllText(file.Source), Find,
                run.Files.Where(f => f.Kind == f.Name && f != file).Select(f => f.Name))),
            RunFile.Markdown => new SiteFile.Made(path, SiteReport.Markdown(File.ReadAllText(file.Source), Find)),
            _ => new SiteFile.Copied(path, file.Source),
        };
    }

    private static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
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

    private void PutManifest(IEnumerable<string> files, SiteScratch scratch) =>
        new SiteFile.Made(SiteManifest.Name, SiteManifest.Of(files).ToBytes()).Put(site, scratch.Path);

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
