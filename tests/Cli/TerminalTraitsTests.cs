using Harness.Cli;

namespace Harness.Tests.Cli;

/// <summary>What standard output is taken for.</summary>
public sealed class TerminalTraitsTests
{
    [TestCase("", true, true, true)]
    [TestCase("TERM=dumb", false, false, false)]
    [TestCase("TERM=", false, false, false)]
    [TestCase("CI=true", true, false, true)]
    [TestCase("CI=false", true, true, true)]
    [TestCase("NO_COLOR=1", true, true, false)]
    [TestCase("NO_COLOR=", true, true, true)]
    [TestCase("CLICOLOR=0", true, true, false)]
    [TestCase("CLICOLOR=0 FORCE_COLOR=1", true, true, true)]
    [TestCase("NO_COLOR=1 FORCE_COLOR=1", true, true, false)]
    public void The_environment_decides_on_a_terminal(string variables, bool folds, bool redraws, bool colours) =>
        Assert.That(Of(isTerminal: true, variables), Is.EqualTo(new TerminalTraits(folds, redraws, colours)));

    [TestCase("", false)]
    [TestCase("CLICOLOR=1", false)]
    [TestCase("FORCE_COLOR=0", false)]
    [TestCase("FORCE_COLOR=1", true)]
    [TestCase("CLICOLOR_FORCE=1", true)]
    [TestCase("CLICOLOR_FORCE=1 NO_COLOR=1", false)]
    public void A_pipe_gets_colours_only_where_that_is_asked_for(string variables, bool colours) =>
        Assert.That(Of(isTerminal: false, variables), Is.EqualTo(TerminalTraits.Pipe with { Colours = colours }));

    [TestCase(null, 80)]
    [TestCase("132", 132)]
    [TestCase("", 80)]
    [TestCase("3", 80)]
    [TestCase("wide", 80)]
    public void COLUMNS_wins_over_the_screen_where_it_is_a_width(string? columns, int width) =>
        Assert.That(TerminalSize.ColumnsOf(columns, TerminalSize.Default), Is.EqualTo(width));

    private static TerminalTraits Of(bool isTerminal, string variables)
    {
        var given = $"TERM=xterm {variables}".Split(' ').Where(v => v.Length > 0).Select(v => v.Split('='))
            .GroupBy(v => v[0]).ToDictionary(v => v.Key, v => v.Last()[1]);
        return TerminalTraits.Of(isTerminal, name => given.GetValueOrDefault(name));
    }
}
