using System.CommandLine;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Node.Configuration;
using Betar.Node.Devnet;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Wallets;

/// <summary>The chain that a wallet command asks: the folder's own, or a network by name with its nodes.</summary>
internal sealed class WalletChain : IDisposable
{
    private readonly HttpClient http = new();

    private WalletChain(ChainNetwork network, TimeProvider time)
    {
        Network = network;
        Client = network.RpcUrls.Count == 1
            ? new JsonRpcChainClient(http, network.RpcUrls[0], null, time)
            : new QuorumChainClient(QuorumEndpoint.Over(http, network.RpcUrls, null, time), null, time);
    }

    public static Option<string?> NetworkName { get; } = new("--network")
    {
        Description = "The network's name or CAIP-2 [default: the chain of the data folder]", HelpName = "NAME",
    };

    public static Option<string?> Rpc { get; } = new("--rpc") { Description = "A node of the network [default: those of networks.json]", HelpName = "URL" };

    public ChainNetwork Network { get; }

    /// <summary>Two nodes or more must agree.</summary>
    public IChainClient Client { get; }

    public static Checked<WalletChain> Of(CommandContext context, ParseResult arguments)
    {
        var network = Find(context, arguments.GetValue(NetworkName));
        if (!network.IsOk)
            return network.Refusal;
        var found = network.Value;
        if (arguments.GetValue(Rpc) is { } rpc)
        {
            if (!Uri.TryCreate(rpc, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
                return ErrorCatalog.BadOptionValue.Refuse("The node of --rpc is no address of http or https");
            found = found with { RpcUrls = [url] };
        }

        return Of(context, found);
    }

    /// <summary>The network of that name, by the nodes that are known for it.</summary>
    public static Checked<WalletChain> Of(CommandContext context, string name)
    {
        var network = Find(context, name);
        return network.IsOk ? Of(context, network.Value) : network.Refusal;
    }

    private static Checked<WalletChain> Of(CommandContext context, ChainNetwork found) => found.RpcUrls.Count == 0
        ? ErrorCatalog.BadNetwork.Refuse($"No node is known for {found}", "name one with --rpc, or in networks.json")
        : new WalletChain(found, context.Time);

    public void Dispose() => http.Dispose();

    private static Checked<ChainNetwork> Find(CommandContext context, string? name)
    {
        var (devnet, anvil) = (DevnetInfo.Read(context.Data), DevnetInfo.ReadAnvil(context.Data));
        name ??= devnet is not null ? "devnet" : anvil is not null ? "anvil" : null;
        if (name is null)
            return ErrorCatalog.ChainUnreachable.Refuse($"No chain runs for {context.Data.Root}", "start one with betar chain devnet or betar chain up, or name a --network");
        var catalog = NetworksFile.Load(context.Data);
        if (!catalog.IsOk)
            return catalog.Refusal;
        if (!catalog.Value.TryFind(name, out var network))
            return ErrorCatalog.BadNetwork.Refuse("The network is not known here", $"use one of {string.Join(", ", catalog.Value.Networks.Select(known => known.Name))}");
        var running = network.Name switch { "devnet" => devnet, "anvil" => anvil, _ => null };
        return running is null ? network : network with { ChainId = running.ChainId, Usdc = running.Token, RpcUrls = [running.Url] };
    }
}
