using Harness.Cli;
using Harness.Doctor;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>
/// What a user sees of each verb, in a real terminal of 80 columns, and of some in one of 200. Each expected screen is
/// in <c>tests/Golden/screens</c>.
/// </summary>
public sealed class VerbScreenTests
{
    private const string Typed = "raw.array_of_maps.array.{none,bytes,struct}.{none,bytes,struct}";
    private const string One = "raw.array_of_maps.array.struct.none";
    private const string Results = "--results results";

    private ScreenLab _lab = null!;

    [OneTimeSetUp]
    public void Make_a_lab()
    {
        TmuxTerminal.Require();
        _lab = new ScreenLab();
        _lab.MakeMatrix("one", ["6.1.170", "6.1.192", "6.12.43", "6.18.5"], "struct.none");
        _lab.LetAnswer(true);
    }

    [OneTimeTearDown]
    public void Remove_it() => _lab?.Dispose();

    [TestCase("list", "list --kernels debian.yaml --locked")]
    [TestCase("run-dry", "run --dry-run --kernels debian.yaml --locked --accel tcg")]
    [TestCase("probes", "probes --case 'raw.*.array.{struct,refcount}.{none,spin_lock}'")]
    [TestCase("lock", "lock --kernels three.yaml")]
    [TestCase("fetch", "fetch --kernels three.yaml --only kernel-6.12.43")]
    [TestCase("report", "report results/20260130-235959 --format md,junit")]
    [TestCase("diff", "diff results/20260130-235959 results/20260131-235959")]
    [TestCase("bisect", "bisect --kernels one.yaml --jobs 1 --case " + One + " --good 6.18.5"
        + " --bad 6.1.170 --accel tcg --out bisection")]
    [TestCase("history", "history " + Results)]
    [TestCase("history-case", "history " + Results + " --case 'raw.array_of_maps.*'")]
    [TestCase("history-stale", "history " + Results + " --stale 2026-01-31")]
    [TestCase("publish", "publish " + Results + " --out site")]
    [TestCase("prune", "prune --dry-run --keep 1 " + Results)]
    [TestCase("nightly",
        "nightly --results nights --kernels one.yaml -- --repeat 1 --jobs 1 --accel tcg --case " + One)]
    public async Task Every_verb_is_legible_at_80_columns(string name, string command) =>
        await SeeAsync($"{name}-80", command, 80, 24);

    [TestCase("list", "list --kernels debian.yaml --locked")]
    [TestCase("probes", "probes --case 'raw.*.array.{struct,refcount}.{none,spin_lock}'")]
    [TestCase("history", "history " + Results)]
    [TestCase("diff", "diff results/20260130-235959 results/20260131-235959")]
    public async Task A_wide_terminal_is_used(string name, string command) =>
        await SeeAsync($"{name}-200", command, 200, 50);

    [TestCase("list --kernels debian.yaml --locked", 5)]
    [TestCase("probes --case '" + Typed + "'", 10)]
    [TestCase("history " + Results, 3)]
    public async Task In_a_pipe_a_row_is_a_line_and_cells_have_tabs_between_them(string command, int rows)
    {
        await using var terminal = await _lab.OpenAsync(80, 24);
        await terminal.RunAsync($"harness {command} >piped");
        var lines = (await File.ReadAllLinesAsync(_lab["piped"])).Take(rows).ToList();
        Assert.That(lines, Has.Count.EqualTo(rows).And.All.Not.Contains("  ").And.All.Not.Contains('\e'));
        Assert.That(lines.Skip(1).Select(line => line.Count(c => c == '\t')).Distinct().Single(), Is.Positive);
    }

    [Test]
    public async Task The_help_of_every_verb_is_legible_at_80_columns([ValueSource(nameof(Verbs))] string verb)
    {
        var terminal = new TestTerminal(80);
        await terminal.RunAsync([.. new[] { verb }.Where(v => v.Length > 0), "--help"]);
        var lines = terminal.Output.Split('\n');
        Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(80), terminal.Output);
        Assert.That(lines, Has.Some.EqualTo("Usage:"));
    }

    /// <summary>What the doctor finds depends on the machine: so it is given findings.</summary>
    [Test]
    public void The_doctors_findings_are_legible_at_80_columns()
    {
        var terminal = new TestTerminal(80);
        DoctorVerb.Write(terminal.Terminal,
        [
            Finding.Ok("qemu-system-x86_64", "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)"),
            Finding.Note("accelerator", "emulation (TCG): /dev/kvm opens, but a Linux kernel did not reach user"
                + " space under it; runs take 2 to 8 s a kernel and core without KVM", null),
            Finding.Bad("xz", "is missing", "install the package xz-utils, or run scripts/setup as root"),
        ], json: false);
        Golden.Matches("screens/doctor-80.txt", terminal.Output);
    }

    private static IEnumerable<string> Verbs() =>
    [
        "", "run", "list", "probes", "lock", "fetch", "report", "diff", "bisect", "history", "publish", "prune",
        "nightly", "doctor", "schema",
    ];

    private async Task SeeAsync(string name, string command, int columns, int rows)
    {
        await using var terminal = await _lab.OpenAsync(columns, rows);
        var screen = await terminal.RunAsync($"harness {command}");
        Golden.Matches($"screens/{name}.txt", _lab.Masked(screen));
        Assert.That(await terminal.ModesAsync(), Is.EqualTo(TmuxTerminal.Untouched));
    }
}
