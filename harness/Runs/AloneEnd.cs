using System.Text.RegularExpressions;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// How a kernel ended that was asked alone what may kill it, in words that are the same whenever it ends so: by them,
/// what a restored kernel did is held against what a booted one did. Pure.
/// </summary>
internal static partial class AloneEnd
{
    /// <summary>The kernel answered.</summary>
    public const string Lived = "it lived";

    /// <summary>A line of an oops has fewer characters; what a guest says has any number.</summary>
    private const int Longest = 160;

    /// <param name="console">All that the kernel said.</param>
    /// <returns>
    /// What the kernel said that it died of, and where it was, without numbers; <c>null</c> where it died of nothing
    /// that it could tell.
    /// </returns>
    public static string? Of(Classification classification, string console)
    {
        if (classification is not { Status: KernelStatus.Crashed, Fate: { } fate })
        {
            return null;
        }
        var where = Place().Match(console) is { Success: true } place ? $" at {place.Groups["symbol"].Value}" : "";
        var said = Number().Replace(PageFault().Replace(fate, "page fault") + where, "#");
        return said[..Math.Min(said.Length, Longest)];
    }

    /// <summary>
    /// An access to memory that is not there. The kernel tells by the address alone which of these it says
    /// (show_fault_oops() of fault.c), and the address is what happened to stand beyond a map's end.
    /// </summary>
    [GeneratedRegex(
        @"(BUG: kernel NULL pointer dereference|(BUG: unable|Unable) to handle (page fault|kernel \w+)).*",
        RegexOptions.CultureInvariant)]
    private static partial Regex PageFault();

    /// <summary>Where an oops stopped: a function of the kernel's, or a program that the kernel has compiled.</summary>
    [GeneratedRegex(@"(RIP: \w+|\bpc ): ?(?<symbol>[A-Za-z_][A-Za-z0-9_.]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    /// <summary>Addresses, offsets, process ids, and the tag of a program.</summary>
    [GeneratedRegex(@"(?<![A-Za-z])(0x)?[0-9a-f]*[0-9][0-9a-f]*(?![A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
