namespace Harness.Runs;

/// <summary>The accelerator that was asked for by name does not work; nothing was tested.</summary>
public sealed class AcceleratorException(string message) : HarnessException(message, ExitCodes.Usage);
