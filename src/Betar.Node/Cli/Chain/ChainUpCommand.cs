using System.CommandLine;
using System.Net;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Chain;

/// <summary><c>betar chain up</c>: runs anvil with our contracts on it until it is told to stop.</summary>
internal static class ChainUpCommand
{
    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Where to listen; loopback only, port 0 for any free one", HelpName = "ADDR:PORT",
        DefaultValueFactory = _ => "127.0.0.1:0",
    };

    private static readonly Option<string?> Program = new("--anvil") { Description = "The anvil to run [default: the one on the path, or of eng/tools]", HelpName = "FILE" };

    private static readonly Option<string[]> Fund = new("--fund") { Description = "An account to give test USDC, besides anvil's own; may be repeated", HelpName = "ADDRESS" };

    public static Command Create(CliHost host) =>
        CliCommand.Create("up", "Run anvil with the contracts deployed and accounts funded; a new chain each time", host, RunAsync, Listen, Program, Fund);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var text = arguments.GetRequiredValue(Listen);
        if (!IPEndPoint.TryParse(text, out var listen) || !IPAddress.IsLoopback(listen.Address))
            return ErrorCatalog.BadOptionValue.Refuse($"--listen {text} is not a loopback address and port", "write it as 127.0.0.1:8545");
        var funded = new List<Address>();
        foreach (var account in arguments.GetValue(Fund) ?? [])
        {
            if (!Address.TryParse(account, out var address) || address.IsZero)
                return ErrorCatalog.BadOptionValue.Refuse($"--fund {account} is not an account", "write 0x and 40 hex digits");
            funded.Add(address);
        }

        return AnvilProgram.Find(arguments.GetValue(Program), context.Environment) is { } program
            ? await AnvilRunner.RunAsync(context, program, listen, funded, cancellation)
            : AnvilProgram.Missing;
    }
}
