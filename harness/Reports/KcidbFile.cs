using System.Text;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// One document of KCIDB's format, with an item a line. Tests are most of it, and are written as they come; checkouts
/// and builds wait until it ends. The order of lists means nothing to the format's readers.
/// </summary>
internal sealed class KcidbFile : IDisposable
{
    /// <summary>In bytes: more than the document has beside its items and the ends of their lines.</summary>
    private const int Frame = 128;

    /// <summary>In bytes: of an item, the comma and the end of the line before it.</summary>
    private const int Separator = 2;

    private readonly Stream _stream;
    private readonly MemoryStream _checkouts = new();
    private readonly MemoryStream _builds = new();
    private readonly HashSet<string> _kernels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private long _tests;

    /// <summary>Begins the document, and in it the list of tests.</summary>
    public KcidbFile(Stream stream)
    {
        _stream = stream;
        _stream.Write("{\n\"version\":{\"major\":5,\"minor\":3},\n\"tests\":["u8);
    }

    /// <summary>In bytes: no less than the document has when it ends, without further lists.</summary>
    public long Length => Frame + _tests + _checkouts.Length + _builds.Length;

    /// <summary>Whether it has no test yet.</summary>
    public bool IsEmpty => _tests == 0;

    public bool HasCheckout(string id) => _sources.Contains(id);

    public bool HasBuild(KernelResult kernel) => _kernels.Contains(kernel.Id);

    public void AddTest(ReadOnlySpan<byte> line)
    {
        AddItem(_stream, line, first: IsEmpty);
        _tests += line.Length + Separator;
    }

    public void AddCheckout(string id, ReadOnlySpan<byte> line)
    {
        AddItem(_checkouts, line, first: _sources.Count == 0);
        _sources.Add(id);
    }

    public void AddBuild(KernelResult kernel, ReadOnlySpan<byte> line)
    {
        AddItem(_builds, line, first: _kernels.Count == 0);
        _kernels.Add(kernel.Id);
    }

    /// <summary>Ends the list of tests, and writes the checkouts and builds that they are of.</summary>
    public void EndTests()
    {
        StartList("checkouts");
        _checkouts.WriteTo(_stream);
        StartList("builds");
        _builds.WriteTo(_stream);
    }

    /// <summary>Writes a further list.</summary>
    public void AddList(string name, IEnumerable<byte[]> lines)
    {
        StartList(name);
        foreach (var (i, line) in lines.Index())
        {
            AddItem(_stream, line, first: i == 0);
        }
    }

    /// <summary>Ends the document.</summary>
    public void End() => _stream.Write("\n]\n}\n"u8);

    public void Dispose()
    {
        _checkouts.Dispose();
        _builds.Dispose();
    }

    private void StartList(string name) => _stream.Write(Encoding.ASCII.GetBytes($"\n],\n\"{name}\":["));

    private static void AddItem(Stream list, ReadOnlySpan<byte> line, bool first)
    {
        list.Write(first ? "\n"u8 : ",\n"u8);
        list.Write(line);
    }
}
