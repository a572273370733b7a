using System.IO.Compression;
using System.Text;

namespace Harness.Site;

/// <summary>A file of the site: a page that was made, or a copy of what a run wrote.</summary>
/// <param name="Path">Relative, with slashes.</param>
internal abstract record SiteFile(string Path)
{
    /// <summary>Puts the file in its place, unless the same bytes are there already.</summary>
    /// <param name="scratch">Where it is written first, on the same file system.</param>
    /// <returns>Whether it was written.</returns>
    public bool Put(string site, string scratch)
    {
        var target = System.IO.Path.Combine(site, Path);
        if (IsThere(target))
        {
            return false;
        }
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var temporary = System.IO.Path.Combine(scratch, "file");
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

    protected internal abstract bool IsThere(string target);

    protected abstract void WriteTo(string file);

    public sealed record Made(string Path, byte[] Content) : SiteFile(Path)
    {
        public Made(string path, string text)
            : this(path, Encoding.UTF8.GetBytes(text))
        {
        }

        protected internal override bool IsThere(string target) =>
            new FileInfo(target) is { Exists: true } there && there.Length == Content.Length
                && File.ReadAllBytes(target).AsSpan().SequenceEqual(Content);

        protected override void WriteTo(string file) => File.WriteAllBytes(file, Content);
    }

    /// <summary>A copy, with the original's time of change: later comparisons need not read the files.</summary>
    public sealed record Copied(string Path, string Source) : SiteFile(Path)
    {
        private const int Chunk = 1 << 16;

        protected internal override bool IsThere(string target)
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

    /// <summary>
    /// A file that was compressed with gzip. It has the original's time of change, by which it is known later: then
    /// nothing is compressed again.
    /// </summary>
    /// <param name="Compressed">Where the compressed file is now: in its place already, or in the scratch.</param>
    public sealed record Gzip(string Path, string Source, string Compressed) : SiteFile(Path)
    {
        /// <summary>Bytes.</summary>
        public long Length => new FileInfo(Compressed).Length;

        /// <summary>Compresses a file, unless the site has it.</summary>
        public static Gzip Of(string path, string source, string site, string scratch)
        {
            var (there, original) = (new FileInfo(System.IO.Path.Combine(site, path)), new FileInfo(source));
            if (there.Exists && there.LastWriteTimeUtc == original.LastWriteTimeUtc)
            {
                return new Gzip(path, source, there.FullName);
            }
            var compressed = System.IO.Path.Combine(scratch, Guid.NewGuid().ToString("N"));
            using (var from = File.OpenRead(source))
            using (var to = new GZipStream(File.Create(compressed), CompressionLevel.SmallestSize))
            {
                from.CopyTo(to);
            }
            File.SetLastWriteTimeUtc(compressed, original.LastWriteTimeUtc);
            return new Gzip(path, source, compressed);
        }

        protected internal override bool IsThere(string target) => new Copied(Path, Compressed).IsThere(target);

        protected override void WriteTo(string file) => File.Move(Compressed, file, overwrite: true);
    }
}
