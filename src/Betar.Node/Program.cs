using Betar.Node.Cli;

return await BetarCli.RunAsync(args, CliHost.Terminal());
