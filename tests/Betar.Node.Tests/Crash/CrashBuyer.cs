using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Buying;
using Betar.Libp2p;
using Betar.Node.Devnet;
using Betar.Node.Peering;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Crash;

/// <summary>A buyer that keeps its one payment and shows it as often as it takes.</summary>
internal sealed class CrashBuyer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly AuthorizationSigner _signer;
    private readonly Libp2pHost _host = Libp2pHost.CreateBuilder().Build();
    private readonly PeerSellerChannel _sellers;
    private bool _isUp;

    public CrashBuyer()
    {
        _signer = new AuthorizationSigner(_key, TimeProvider.System);
        _sellers = new PeerSellerChannel(_host, new X402ClientOptions(), TimeProvider.System);
    }

    public Address Address => _signer.Payer;

    public PaidRequest? Payment { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _key.Dispose();
    }

    /// <param name="chain">Null for the usual devnet.</param>
    public async Task PrepareAsync(string seller, JsonElement agent, string input, DevnetInfo? chain = null)
    {
        string correlation = Guid.NewGuid().ToString();
        byte[] body = new TaskBody(input, agent.GetProperty("id").GetString()!).Write();
        var offer = Assert.IsType<PaymentRequired>(await QuoteAsync(seller, agent, input, correlation));
        PaymentAsset asset = chain is null
            ? PaymentAsset.BaseSepoliaUsdc
            : new PaymentAsset(new NetworkId(chain.ChainId), chain.Token, "USDC", "2");
        AtomicAmount price = AtomicAmount.Parse(agent.GetProperty("priceAtomic").GetString()!);
        SignedOffer signed = _signer.Sign(offer, new OfferPolicy
        {
            Payee = Address.Parse(agent.GetProperty("payTo").GetString()!), ListedPrice = price, Cap = price,
            Assets = new PaymentAssets([asset]), Network = asset.Network,
        });
        Payment = new PaidRequest { CorrelationId = correlation, Payment = signed.Payment, Body = body };
    }

    /// <summary>What the seller answers to who has not paid; null: nothing.</summary>
    public async Task<X402Reply?> QuoteAsync(string seller, JsonElement agent, string input, string correlation)
    {
        if (!_isUp)
            await _host.StartAsync();
        _isUp = true;
        string id = agent.GetProperty("id").GetString()!;
        return (await _sellers.RequestAsync(
            seller, new X402Request { CorrelationId = correlation, Resource = id, Body = new TaskBody(input, id).Write() }, CancellationToken.None)).Reply;
    }

    /// <summary>Shows the payment once; null when the seller went away without an answer.</summary>
    public async Task<X402Reply?> PayAsync(string seller) => (await _sellers.PayAsync(seller, Payment!, CancellationToken.None)).Reply;

    /// <summary>Shows the payment until the answer is an end.</summary>
    public async Task<X402Reply> PayToTheEndAsync(string seller)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            X402Reply? reply = await PayAsync(seller);
            if (reply is X402Response || reply is X402Error { Retryable: false } error && !error.Message.Contains("owed", StringComparison.Ordinal))
                return reply;
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }
}
