using System.Text.Json;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>The verb <c>probes</c>, with the prober that <c>make build</c> built.</summary>
public sealed class ProbesVerbTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";

    private TestTerminal _terminal = null!;

    [SetUp]
    public void Make_a_terminal() => _terminal = new TestTerminal();

    [Test]
    public async Task A_probe_is_listed_with_its_cases_what_they_want_and_why()
    {
        Assert.That(await _terminal.RunAsync("probes", "--case", Case), Is.EqualTo(ExitCodes.AsExpected),
            _terminal.Error);
        Assert.That(_terminal.Output, Is.EqualTo($"""
            inner-maps: Where struct-typed inner maps work, 1 case
            {Case}	accept	type, sizes and flags agree, and there is no special field on either side

            """));
    }

    [Test]
    public async Task Machines_get_the_same_as_JSON()
    {
        const string Glob = "raw.array_of_maps.array.none.none.{map_type,max_entries}";
        Assert.That(await _terminal.RunAsync("probes", "--json", "--case", Glob), Is.EqualTo(ExitCodes.AsExpected));
        using var json = JsonDocument.Parse(_terminal.Output);
        var probe = json.RootElement.EnumerateArray().Single();
        Assert.That(probe.EnumerateObject().Select(p => p.Name),
            Is.EqualTo(new[] { "name", "title", "sha256", "cases" }));
        Assert.That(probe.GetProperty("name").GetString(), Is.EqualTo("inner-maps"));
        Assert.That(probe.GetProperty("sha256").GetString(), Has.Length.EqualTo(64));
        var cases = probe.GetProperty("cases").EnumerateArray().ToList();
        Assert.That(cases.Select(c => c.GetProperty("want").GetString()), Is.EqualTo(new[] { "reject", "reject" }));
        Assert.That(cases.Select(c => c.GetProperty("why").GetString()), Has.All.Contains("compare"));
    }

    [Test]
    public async Task A_pattern_that_matches_no_case_is_a_usage_error()
    {
        Assert.That(await _terminal.RunAsync("probes", "--case", "tea.*"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Is.EqualTo("harness: --case tea.* matches no case\n"));
    }
}
