using System.Text;

namespace Harness.Site;

/// <summary>A file of the site: a page that was made, or a copy of what a run wrote.</summary>
/// <param name="Path">Relative, with slashes.</param>
internal abstract record SiteFile(string Path)
{
    /// <summary>Puts the file in its place, unless the same bytes are there already.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Put(string site)
    {
        var target = System.IO.Path.Combine(site, Path);
        if (IsThere(target))
        {
            return false;
        }
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var temporary = System.IO.Path.Combine(site, $".harness-site.{Environment.ProcessId}.tmp");
        try
        {
            WriteTo(temporary);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        return true;
    }

    protected abstract bool IsThere(string target);

    protected abstract void WriteTo(string file);

    public sealed record Made(string Path, byte[] Content) : SiteFile(Path)
    {
        public Made(string path, string text)
            : this(path, Encoding.UTF8.GetBytes(text))
        {
        }

        protected override bool IsThere(string target) =>
            new FileInfo(target) is { Exists: true } there && there.Length == Content.Length
                && File.ReadAllBytes(target).AsSpan().SequenceEqual(Content);

        protected override void WriteTo(string file) => File.WriteAllBytes(file, Content);
    }

    /// <summary>A copy, with the original's time of change: later comparisons need not read the files.</summary>
    public sealed record Copied(string Path, string Source) : SiteFile(Path)
    {
        private const int Chunk = 1 << 16;

        protected override bool IsThere(string target)
        {
            var (there, source) = (new FileInfo(target), new FileInfo(Source));
            return there.Exists && there.Length == source.Length
                && (there.LastWriteTimeUtc == source.LastWriteTimeUtc || SameBytes(target, Source));
        }

        protected override void WriteTo(string file)
        {
            File.Copy(Source, file, overwrite: true);
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(Source));
        }

        private static bool SameBytes(string one, string other)
        {
            using var first = File.OpenRead(one);
            using var second = File.OpenRead(other);
            var (a, b) = (new byte[Chunk], new byte[Chunk]);
            while (true)
            {
                var read = first.ReadAtLeast(a, Chunk, throwOnEndOfStream: false);
                if (read != second.ReadAtLeast(b, Chunk, throwOnEndOfStream: false)
                    || !a.AsSpan(0, read).SequenceEqual(b.AsSpan(0, read)))
                {
                    return false;
                }
                if (read < Chunk)
                {
                    return true;
                }
            }
        }
    }
}
