namespace Harness.Vm;

/// <summary>A guest that was restored, or booted to be saved, and died before it had read its orders.</summary>
/// <param name="Reason">How it was started, and what became of it.</param>
/// <param name="ConsoleFile">What its kernel said; the reader may move it.</param>
/// <param name="ChannelFile">What came on its channel; the reader may move it.</param>
public sealed record GivenUpGuest(string Reason, string ConsoleFile, string ChannelFile);
