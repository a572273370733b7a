using System.Reflection;

namespace Harness.Tests.Faults;

/// <summary>docs/reliability.md names tests that are there, and every fault test has a row in it.</summary>
public sealed class ReliabilityPageTests
{
    private const int FewestFaults = 60;
    private const int MostFaultsInCi = 15;

    private static readonly Dictionary<string, MethodInfo> _tests = typeof(ReliabilityPageTests).Assembly
        .GetTypes().Where(type => type is { IsClass: true, IsAbstract: false })
        .SelectMany(type => type.GetMethods().Where(IsTest).Select(method => ($"{type.Name}.{method.Name}", method)))
        .ToDictionary(StringComparer.Ordinal);

    [Test]
    public void Every_row_has_all_its_cells() => Assert.That(
        ReliabilityPage.Faults.Where(row => row.Count != 5 || row.Any(cell => cell.Length == 0))
            .Concat(ReliabilityPage.Mutations.Where(row => row.Count != 2 || row.Any(cell => cell.Length == 0)))
            .Select(row => string.Join(" | ", row)), Is.Empty);

    [Test]
    public void It_has_rows_enough() =>
        Assert.That(ReliabilityPage.Faults, Has.Count.GreaterThanOrEqualTo(FewestFaults));

    [Test]
    public void Every_row_names_tests_and_they_are_there()
    {
        Assert.That(ReliabilityPage.Faults.Where(row => !Tests(row).Any()).Select(row => row[0]), Is.Empty);
        Assert.That(ReliabilityPage.Faults.Concat(ReliabilityPage.Mutations).SelectMany(Tests)
            .Where(test => !_tests.ContainsKey(test)), Is.Empty);
    }

    [Test]
    public void A_test_of_every_row_was_seen_to_fail()
    {
        var seen = ReliabilityPage.Mutations.SelectMany(Tests).ToHashSet(StringComparer.Ordinal);
        Assert.That(
            ReliabilityPage.Faults.Where(row => !Tests(row).Any(seen.Contains)).Select(row => row[0]), Is.Empty);
    }

    [Test]
    public void Every_fault_test_has_a_row() => Assert.That(
        Of(FaultSuite.Category).Except(ReliabilityPage.Faults.SelectMany(Tests)), Is.Empty);

    [Test]
    public void The_faults_of_every_pull_request_are_fault_tests_and_few()
    {
        Assert.That(Of(FaultSuite.InCi).Except(Of(FaultSuite.Category)), Is.Empty);
        Assert.That(Of(FaultSuite.InCi).Count(), Is.LessThanOrEqualTo(MostFaultsInCi));
    }

    private static IEnumerable<string> Tests(IReadOnlyList<string> row) => ReliabilityPage.Tests(row[^1]);

    /// <summary>The tests of a category, by their own or by their class.</summary>
    private static IEnumerable<string> Of(string category) => _tests
        .Where(test => test.Value.GetCustomAttributes<CategoryAttribute>()
            .Concat(test.Value.ReflectedType!.GetCustomAttributes<CategoryAttribute>())
            .Any(attribute => attribute.Name == category))
        .Select(test => test.Key);

    private static bool IsTest(MethodInfo method) =>
        method.GetCustomAttributes().Any(a => a is TestAttribute or TestCaseAttribute or TestCaseSourceAttribute
            || a.GetType().FullName!.StartsWith("FsCheck.", StringComparison.Ordinal));
}
