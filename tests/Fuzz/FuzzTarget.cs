using System.Globalization;

namespace Harness.Tests.Fuzz;

/// <summary>
/// A reader of what comes from outside, and what must hold for whatever bytes it is given. The fuzzer calls it with
/// inputs that it makes up, the tests with those that were kept.
/// </summary>
internal abstract class FuzzTarget
{
    /// <summary>In bytes: longer inputs are cut.</summary>
    public virtual int LongestInput => 4096;

    /// <summary>
    /// It starts a program for each input, so that a second is enough for some hundred of them.
    /// </summary>
    public virtual bool IsSlow => false;

    /// <summary>Bytes that may be allocated for an input of no length.</summary>
    protected virtual long BytesAtLeast => 16 << 20;

    /// <summary>Bytes that may be allocated for each byte of an input, besides.</summary>
    protected virtual long BytesForEach => 4000;

    /// <exception cref="PropertyException">A property does not hold.</exception>
    public void Check(ReadOnlySpan<byte> input)
    {
        var bytes = input[..Math.Min(input.Length, LongestInput)].ToArray();
        var before = GC.GetTotalAllocatedBytes(precise: false);
        Run(bytes);
        var allocated = GC.GetTotalAllocatedBytes(precise: false) - before;
        if (allocated > BytesAtLeast + (BytesForEach * bytes.Length))
        {
            throw new PropertyException(string.Create(CultureInfo.InvariantCulture,
                $"{allocated >> 20} MiB are allocated for {bytes.Length} bytes of input"));
        }
    }

    /// <summary>Reads the input. Every exception that is not documented leaves it.</summary>
    protected abstract void Run(byte[] input);

    protected static void Require(bool holds, string property)
    {
        if (!holds)
        {
            throw new PropertyException(property);
        }
    }
}
