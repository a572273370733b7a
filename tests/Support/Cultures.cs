using System.Globalization;

namespace Harness.Tests.Support;

/// <summary>
/// Ways to write numbers and dates that must not show in anything a machine reads. Made up, as no culture's data is
/// installed.
/// </summary>
internal static class Cultures
{
    public static IEnumerable<CultureInfo> All =>
        [CultureInfo.InvariantCulture, Made(",", ".", "-"), Made("'", " ", "−")];

    /// <summary>Runs an action under each culture and gives what it made, in the same order.</summary>
    public static IReadOnlyList<T> Under<T>(Func<T> make)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var results = new List<T>();
            foreach (var culture in All)
            {
                CultureInfo.CurrentCulture = culture;
                results.Add(make());
            }
            return results;
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo Made(string point, string group, string minus)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = point;
        culture.NumberFormat.NumberGroupSeparator = group;
        culture.NumberFormat.NegativeSign = minus;
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        return culture;
    }
}
