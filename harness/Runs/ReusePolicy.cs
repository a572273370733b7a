using Harness.Results;

namespace Harness.Runs;

/// <summary>When a run takes over what an earlier one measured.</summary>
/// <param name="RenewDays">
/// Each kernel is measured anew within this many days, and of those that are known a like share each day;
/// <c>null</c> for never.
/// </param>
public sealed record ReusePolicy(int? RenewDays = null)
{
    /// <summary>What <c>--renew</c> may say.</summary>
    public const int MostDays = 3650;

    /// <summary>Nights differ by some minutes in when they come to a kernel.</summary>
    private static readonly TimeSpan _precision = TimeSpan.FromHours(6);

    /// <summary>Whether it is the kernel's turn to be measured anew.</summary>
    /// <param name="place">The kernel's among all kernels of the run, in an order that stays.</param>
    /// <param name="now">When the run was started.</param>
    public bool IsDue(KnownFrom known, int place, DateTimeOffset now)
    {
        if (RenewDays is not { } days)
        {
            return false;
        }
        var day = (now.UtcDateTime.Date - DateTime.UnixEpoch).Days;
        return (day + place) % days == 0 || now - known.MeasuredAt > TimeSpan.FromDays(days) - _precision;
    }
}
