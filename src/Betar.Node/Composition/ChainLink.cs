using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Cli;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Node.Composition;

/// <summary>The chain that a node settles on, its client, and the token in which it is paid.</summary>
internal sealed class ChainLink : IAsyncDisposable
{
    public const string DevnetName = "devnet";
    public const string AnvilName = "anvil";

    private readonly NodeParts _parts;

    private ChainLink(string name, Uri url, IChainClient client, PaymentAsset asset, NodeParts parts)
    {
        _parts = parts;
        Name = name;
        Url = url;
        Client = client;
        Asset = asset;
        Assets = new PaymentAssets([asset]);
        Token = new Eip3009Token(client, asset.Address);
    }

    /// <summary>What the user calls it.</summary>
    public string Name { get; }

    public Uri Url { get; }

    public IChainClient Client { get; }

    public PaymentAsset Asset { get; }

    /// <summary>What this node accepts and pays with: the token of this chain.</summary>
    public PaymentAssets Assets { get; }

    public Eip3009Token Token { get; }

    private ITestFaucet? Faucet { get; init; }

    private DevnetProcess? Devnet { get; init; }

    /// <summary>Finds or starts the folder's chain and checks that it and its token are what payments will be signed for.</summary>
    public static async Task<Checked<ChainLink>> OpenAsync(DataFolder folder, string network, NodeContext context, CancellationToken cancellationToken)
    {
        var parts = new NodeParts();
        try
        {
            var http = parts.Own(new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }));
            Checked<ChainLink> link = network == AnvilName
                ? await OpenAnvilAsync(folder, http, parts, context, cancellationToken)
                : await OpenDevnetAsync(folder, http, parts, context, cancellationToken);
            if (link.IsOk && await link.Value.FindMismatchAsync(cancellationToken) is { } mismatch)
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

    /// <summary>Fills the account up to the amount where test money is to be had; one that has as much is left alone.</summary>
    public async Task FillAsync(Address account, AtomicAmount upTo, CancellationToken cancellationToken)
    {
        if (Faucet is null)
            return;
        RpcOutcome<UInt256> balance = await Token.BalanceOfAsync(account, cancellationToken);
        if (!balance.IsValue)
            throw new CliRefusedException(ErrorCatalog.ChainUnreachable.Refuse($"The balance of {account} cannot be read: {balance.Describe()}"));
        var held = new AtomicAmount(balance.Value);
        if (held < upTo)
            await Faucet.FundAsync(account, upTo - held, cancellationToken);
    }

    public Task FundAsync(FundRequest request, CancellationToken cancellationToken) => Faucet is { } faucet
        ? faucet.FundAsync(request.Account, request.Amount, cancellationToken)
        : throw new CliRefusedException(ErrorCatalog.BadOptionValue.Refuse($"--fund: {Name} gives no test money", "leave the option out"));

    /// <summary>Ends a devnet that this process started; left alone it outlives its users, as a chain does.</summary>
    public async Task StopAsync(TimeProvider time)
    {
        if (Devnet is { StartedHere: true } devnet)
            await devnet.StopAsync(time, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private static async Task<Checked<ChainLink>> OpenDevnetAsync(
        DataFolder folder, HttpClient http, NodeParts parts, NodeContext context, CancellationToken cancellationToken)
    {
        Checked<DevnetProcess> found = await DevnetProcess.FindOrStartAsync(folder, chainId: null, context.Time, cancellationToken);
        if (!found.IsOk)
            return found.Refusal;
        DevnetProcess devnet = found.Value;
        PaymentAsset asset = PaymentAsset.BaseSepoliaUsdc;
        if (devnet.ChainId != asset.Network.ChainId || devnet.Token != asset.Address)
            return ErrorCatalog.ChainWrong.Refuse(
                $"The devnet at {devnet.Url} is chain {devnet.ChainId} with token {devnet.Token}, and payments are for {asset.Network}");
        return new ChainLink(DevnetName, devnet.Url, new JsonRpcChainClient(http, devnet.Url, null, context.Time), asset, parts)
        {
            Faucet = new DevnetFaucet(http, devnet.Url), Devnet = devnet,
        };
    }

    private static async Task<Checked<ChainLink>> OpenAnvilAsync(
        DataFolder folder, HttpClient http, NodeParts parts, NodeContext context, CancellationToken cancellationToken)
    {
        Checked<AnvilNode> found = await AnvilNode.JoinOrStartAsync(
            folder, AnvilProgram.Find(null, context.Environment), context.Time, cancellationToken);
        if (!found.IsOk)
            return found.Refusal;
        DevnetInfo info = parts.Own(found.Value).Info;
        JsonRpcChainClient client = AnvilNode.Client(http, info.Url, context.Time);
        var asset = new PaymentAsset(new NetworkId(info.ChainId), info.Token, PaymentAsset.BaseSepoliaUsdc.Domain.Name, PaymentAsset.BaseSepoliaUsdc.Domain.Version);
        return new ChainLink(AnvilName, info.Url, client, asset, parts) { Faucet = new AnvilFaucet(client, info.Url) };
    }

    /// <summary>The token's own word on its signing domain is the only proof that signatures made here will settle there.</summary>
    private async Task<CliRefusal?> FindMismatchAsync(CancellationToken cancellationToken)
    {
        ulong chainId = await Client.GetChainIdAsync(cancellationToken);
        if (chainId != Asset.Network.ChainId)
            return ErrorCatalog.ChainWrong.Refuse($"The node at {Url} is on chain {chainId}, and payments are for {Asset.Network}");
        RpcOutcome<Hash32> separator = await Token.DomainSeparatorAsync(cancellationToken);
        if (!separator.IsValue)
            return ErrorCatalog.ChainUnreachable.Refuse($"The token of {Name} at {Url} does not answer: {separator.Describe()}");
        return separator.Value == Asset.Domain.Separator
            ? null
            : ErrorCatalog.ChainWrong.Refuse($"The token at {Asset.Address} signs under another domain than {Asset.Domain.Name}/{Asset.Domain.Version}");
    }
}
