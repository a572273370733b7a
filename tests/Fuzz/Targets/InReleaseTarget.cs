using Harness.Kernels.Archives;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// An inline-signed file, as gpgv and the harness read it together: whatever is accepted is the text that the key of
/// <c>inrelease.gpg</c> has signed, the one in the corpus.
/// </summary>
internal sealed class InReleaseTarget : FuzzTarget
{
    private readonly Scratch _scratch = new();
    private readonly string _keyring = Inputs.Extra("inrelease.gpg");
    private readonly string _signed = File.ReadAllText(Inputs.Extra("inrelease.txt"));

    public override bool IsSlow => true;

    protected override void Run(byte[] input)
    {
        var file = _scratch.Write("InRelease", input);
        var (signed, problem) = SignedText.VerifyAsync(file, _keyring, CancellationToken.None)
            .GetAwaiter().GetResult();
        Require(signed is null != problem is null, "there is a text, or a reason");
        Require(signed is null || signed.Text.TrimEnd() == _signed.TrimEnd(), "only what was signed is accepted");
        Require(Directory.GetFileSystemEntries(_scratch.Directory).All(path => path == file), "no file is left");
    }
}
