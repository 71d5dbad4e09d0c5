using Betar.Ethereum;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Node.Composition;

/// <summary>The chain that a node settles on, its client, and the token in which it is paid.</summary>
internal sealed class ChainLink : IDisposable
{
    private readonly HttpClient _http;

    private ChainLink(DevnetProcess devnet, HttpClient http, JsonRpcChainClient client, PaymentAsset asset)
    {
        Devnet = devnet;
        _http = http;
        Client = client;
        Asset = asset;
        Token = new Eip3009Token(client, asset.Address);
        Faucet = new DevnetFaucet(http, devnet.Url);
    }

    public DevnetProcess Devnet { get; }

    public IChainClient Client { get; }

    public PaymentAsset Asset { get; }

    public Eip3009Token Token { get; }

    public DevnetFaucet Faucet { get; }

    /// <summary>Finds or starts the folder's devnet and checks that it and its token are what payments will be signed for.</summary>
    public static async Task<Checked<ChainLink>> OpenAsync(DataFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        Checked<DevnetProcess> devnet = await DevnetProcess.FindOrStartAsync(folder, chainId: null, time, cancellationToken);
        if (!devnet.IsOk)
            return devnet.Refusal;

        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan });
        var client = new JsonRpcChainClient(http, devnet.Value.Url, null, time);
        PaymentAsset asset = PaymentAsset.BaseSepoliaUsdc;
        var link = new ChainLink(devnet.Value, http, client, asset);
        if (await link.FindMismatchAsync(cancellationToken) is { } refusal)
        {
            link.Dispose();
            return refusal;
        }
        return link;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The token's own word on its signing domain is the only proof that signatures made here will settle there.</summary>
    private async Task<CliRefusal?> FindMismatchAsync(CancellationToken cancellationToken)
    {
        if (Devnet.ChainId != Asset.Network.ChainId || Devnet.Token != Asset.Address)
            return ErrorCatalog.ChainWrong.Refuse(
                $"The devnet at {Devnet.Url} is chain {Devnet.ChainId} with token {Devnet.Token}, and payments are for {Asset.Network}");

        RpcOutcome<Hash32> separator = await Token.DomainSeparatorAsync(cancellationToken);
        if (!separator.IsValue)
            return ErrorCatalog.ChainUnreachable.Refuse($"The token of the devnet at {Devnet.Url} does not answer: {separator.Describe()}");
        return separator.Value == Asset.Domain.Separator
            ? null
            : ErrorCatalog.ChainWrong.Refuse($"The token at {Asset.Address} signs under another domain than {Asset.Domain.Name}/{Asset.Domain.Version}");
    }
}
