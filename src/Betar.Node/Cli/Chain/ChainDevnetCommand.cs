using System.CommandLine;
using System.Net;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Chain;

/// <summary><c>betar chain devnet</c>: runs the chain of a data folder until it is told to stop.</summary>
internal static class ChainDevnetCommand
{
    /// <summary>For a chain that another command started: Ctrl-C in that command's terminal is not meant for it.</summary>
    public static Option<bool> Background { get; } = new("--background") { Hidden = true };

    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Where to listen; loopback only, port 0 for any free one", HelpName = "ADDR:PORT",
        DefaultValueFactory = _ => "127.0.0.1:0",
    };

    private static readonly Option<ulong?> ChainId = new("--chain-id") { Description = "The chain's id [default: 84532]", HelpName = "N" };

    public static Command Create(CliHost host) =>
        CliCommand.Create("devnet", "Run a chain with test USDC on this machine", host, RunAsync, Listen, ChainId, Background);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var text = arguments.GetRequiredValue(Listen);
        if (!IPEndPoint.TryParse(text, out var listen) || !IPAddress.IsLoopback(listen.Address))
            return Task.FromResult<CliRefusal?>(ErrorCatalog.BadOptionValue.Refuse($"--listen {text} is not a loopback address and port", "write it as 127.0.0.1:8545"));
        return DevnetRunner.RunAsync(context, listen, arguments.GetValue(ChainId), cancellation);
    }
}
