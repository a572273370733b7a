using System.Text;
using Harness.Analysis;
using Harness.Story;

namespace Harness.Reports;

/// <summary>
/// Writes the verdicts of a run into the marked parts of Markdown pages, and leaves all else as it is.
/// </summary>
public static class MarkedPages
{
    /// <summary>Without a replacement for bytes that are no text: they would be lost.</summary>
    private static readonly UTF8Encoding _strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All pages are made before the first is written.</summary>
    /// <returns>The pages whose text is another one now.</returns>
    /// <exception cref="PageException">
    /// A page has no marker, one that is not closed, or one that names no case of the run; or it cannot be read.
    /// </exception>
    /// <exception cref="IOException">A page cannot be written.</exception>
    public static IReadOnlyList<string> Update(RunStory story, IReadOnlyList<string> files)
    {
        var problems = new List<string>();
        var pages = new List<(string File, string Text)>();
        var ids = story.Document.Kernels.SelectMany(k => k.Cases).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (Read(file, problems) is { } text && Write(story, ids, file, text, problems) is var page && page != text)
            {
                pages.Add((file, page));
            }
        }
        if (problems.Count > 0)
        {
            throw new PageException(problems);
        }
        foreach (var (file, text) in pages)
        {
            Files.Replace(file, text);
        }
        return [.. pages.Select(p => p.File)];
    }

    private static string? Read(string file, List<string> problems)
    {
        try
        {
            return _strict.GetString(Files.ReadBytes(file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add($"{file}: no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(e.Message.Contains(file, StringComparison.Ordinal) ? e.Message : $"{file}: {e.Message}");
        }
        catch (DecoderFallbackException)
        {
            problems.Add($"{file}: is no text in UTF-8");
        }
        return null;
    }

    /// <summary>The page with its marked parts made anew.</summary>
    /// <param name="ids">Of all cases of the run.</param>
    private static string Write(
        RunStory story, HashSet<string> ids, string file, string text, List<string> problems)
    {
        var lines = text.Split('\n');
        var before = problems.Count;
        var parts = PageMarkers.Find(file, lines, problems);
        if (parts.Count == 0 && problems.Count == before)
        {
            problems.Add($"{file}: has no line <!-- verdicts: GLOB [GLOB…] -->");
        }
        var page = new List<string>();
        var next = 0;
        foreach (var part in parts)
        {
            problems.AddRange(part.Cases.Where(glob => !ids.Any(glob.Matches))
                .Select(glob => $"{file}:{part.Start + 1}: '{glob}' is no case of the run {story.Document.Run.Id}"));
            page.AddRange(lines[next..(part.Start + 1)]);
            if (problems.Count == before)
            {
                page.AddRange(["", .. Verdicts(story, part.Cases), ""]);
            }
            next = part.End;
        }
        return string.Join('\n', [.. page, .. lines[next..]]);
    }

    private static string[] Verdicts(RunStory story, IReadOnlyList<Glob> cases)
    {
        var writer = new MarkdownWriter();
        writer.Write(new Section(null, CaseVerdicts.Of(story.Document, story.Probes, cases)));
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
