using Harness.Cli;

return await Entry.RunAsync(args, Terminal.Standard()).ConfigureAwait(false);
