using System.CommandLine;
using Betar.Node.Cli.Market;
using Betar.Node.Composition;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent discover</c>: all agents that the running node knows of, under the original's headline.</summary>
internal static class AgentDiscoverCommand
{
    public static Command Create(CliHost host) => NodeCommand.Create("discover", "List the agents that the running node knows of, as betar market list does", host, RunAsync, UpArguments.OnChain);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(UpArguments.OnChain))
            return ErrorCatalog.NoRegistration.Refuse("--on-chain asks for agents that are registered on a chain");
        var listings = await MarketListCommand.AllAsync(context, [], cancellation);
        if (!listings.IsOk)
            return listings.Refusal;
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer => MarketListCommand.WriteAll(writer, listings.Value));
            return null;
        }

        context.Out.WriteLine(listings.Value.Count == 0 ? "No agents discovered" : "Discovered Agents:");
        if (listings.Value.Count > 0)
            MarketTable.Write(context.Out, listings.Value);
        return null;
    }
}
