using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Grains.Settlement;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.X402;

namespace Betar.Node.Composition;

/// <summary>Opens the chain of a network: the folder's devnet or anvil, found or started, or a node that the network's file names.</summary>
internal static class ChainOpener
{
    public const string Devnet = "devnet";
    public const string Anvil = "anvil";

    private static readonly TimeSpan FeeAge = TimeSpan.FromSeconds(3);

    /// <summary>Nothing is signed for a chain that is not, to the letter, what it is configured as.</summary>
    public static async Task<Checked<ChainLink>> OpenAsync(
        DataFolder folder, ChainNetwork network, NodeContext context, CancellationToken cancellationToken)
    {
        if (network.Decimals != AtomicAmount.UsdcDecimals)
            return ErrorCatalog.BadNetwork.Refuse($"The token of {network} has {network.Decimals} decimals, and prices here have {AtomicAmount.UsdcDecimals}");
        var parts = new NodeParts();
        try
        {
            var http = parts.Own(new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }));
            Checked<ChainLink> link = network.Name switch
            {
                Devnet => await OpenDevnetAsync(folder, network, http, parts, context, cancellationToken),
                Anvil => await OpenAnvilAsync(folder, network, http, parts, context, cancellationToken),
                _ => OpenRemote(network, http, parts, context),
            };
            if (link.IsOk && await FindMismatchAsync(link.Value, cancellationToken) is { } mismatch)
                link = mismatch;
            if (!link.IsOk)
                await parts.DisposeAsync();
            return link;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    private static async Task<Checked<ChainLink>> OpenDevnetAsync(
        DataFolder folder, ChainNetwork network, HttpClient http, NodeParts parts, NodeContext context, CancellationToken cancellationToken)
    {
        Checked<DevnetProcess> found = await DevnetProcess.FindOrStartAsync(folder, chainId: null, context.Time, cancellationToken);
        if (!found.IsOk)
            return found.Refusal;
        DevnetProcess devnet = found.Value;
        return new ChainLink(network, new JsonRpcChainClient(http, devnet.Url, null, context.Time), parts)
        {
            Fees = new FreeGas(),
            Faucet = new DevnetFaucet(http, devnet.Url),
            StopAsync = () => devnet.StartedHere ? devnet.StopAsync(context.Time, CancellationToken.None) : Task.CompletedTask,
        };
    }

    private static async Task<Checked<ChainLink>> OpenAnvilAsync(
        DataFolder folder, ChainNetwork network, HttpClient http, NodeParts parts, NodeContext context, CancellationToken cancellationToken)
    {
        Checked<AnvilNode> found = await AnvilNode.JoinOrStartAsync(
            folder, AnvilProgram.Find(null, context.Environment), context.Time, cancellationToken);
        if (!found.IsOk)
            return found.Refusal;
        Uri url = parts.Own(found.Value).Info.Url;
        JsonRpcChainClient client = AnvilNode.Client(http, url, context.Time);
        return new ChainLink(network, client, parts) { Fees = new FreeGas(), Faucet = new AnvilFaucet(client, url) };
    }

    private static Checked<ChainLink> OpenRemote(ChainNetwork network, HttpClient http, NodeParts parts, NodeContext context)
    {
        if (network.RpcUrls.Count == 0)
            return ErrorCatalog.BadNetwork.Refuse($"No node is known for {network}", $"add \"rpc\" to \"{network.Name}\" in networks.json");

        // One node can lie about money; several have to agree.
        IChainClient client = network.RpcUrls is [var only]
            ? new JsonRpcChainClient(http, only, null, context.Time)
            : new QuorumChainClient(QuorumEndpoint.Over(http, network.RpcUrls, null, context.Time), null, context.Time);
        return new ChainLink(network, client, parts) { Fees = new OracleFees(new FeeOracle(client), FeeAge, context.Time) };
    }

    private static async Task<CliRefusal?> FindMismatchAsync(ChainLink link, CancellationToken cancellationToken)
    {
        NetworkVerdict verdict = await NetworkCheck.CheckAsync(link.Client, link.Network, cancellationToken);
        if (verdict.Agrees)
            return null;
        ErrorEntry error = verdict.IsRetryable ? ErrorCatalog.ChainUnreachable : ErrorCatalog.ChainWrong;
        return error.Refuse($"{link.Network}: {verdict.Detail} ({verdict.Code})");
    }
}
