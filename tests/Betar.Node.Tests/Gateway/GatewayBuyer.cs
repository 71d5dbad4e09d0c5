using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Buying;
using Betar.Libp2p;
using Betar.Marketplace.Listings;
using Betar.Node.Peering;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Gateway;

/// <summary>Buys task after task from one peer, at whichever of its addresses it is, and asks again with the same payment until there is an end.</summary>
internal sealed class GatewayBuyer : IAsyncDisposable
{
    public const ulong Funds = 1_000_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly AuthorizationSigner _signer;
    private readonly Libp2pHost _host = Libp2pHost.CreateBuilder().Build();
    private readonly PeerSellerChannel _channel;
    private string[] _addresses = [];
    private Listing _agent = null!;
    private int _at;
    private int _delivered;
    private int _refunded;
    private int _again;
    private int _expired;

    public GatewayBuyer()
    {
        _signer = new AuthorizationSigner(_key, TimeProvider.System);
        _channel = new PeerSellerChannel(_host, new X402ClientOptions(), TimeProvider.System);
    }

    public Address Address => _signer.Payer;

    public int Delivered => _delivered;

    public int Refunded => _refunded;

    /// <summary>Questions that had to be asked again.</summary>
    public int Again => _again;

    /// <summary>Payments that a busy machine did not get to in time; nothing was taken for them.</summary>
    public int Expired => _expired;

    public Task StartAsync(string[] addresses, Listing agent)
    {
        (_addresses, _agent) = (addresses, agent);
        return _host.StartAsync();
    }

    /// <summary>So many tasks a second until told to stop; then the end of each.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> BuyAsync(int perSecond, CancellationToken stop)
    {
        List<Task> orders = [];
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        long began = TimeProvider.System.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            int due = (int)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * perSecond);
            while (orders.Count < due)
                orders.Add(BuyOneAsync($"task {orders.Count}"));
            await beat.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(orders);
        return orders.Count;
    }

    public async Task BuyOneAsync(string input)
    {
        while (!await TryBuyAsync(input))
            Interlocked.Increment(ref _expired);
    }

    /// <returns>False: the seller came to the payment only when its time was over, refused it, and took nothing; a new one may be signed.</returns>
    private async Task<bool> TryBuyAsync(string input)
    {
        using var patience = new CancellationTokenSource(s_patience);
        string correlation = Guid.NewGuid().ToString();
        byte[] body = new TaskBody(input, _agent.Id).Write();
        var request = new X402Request { CorrelationId = correlation, Resource = _agent.Id, Body = body };
        var quote = (PaymentRequired)await AskAsync(seller => _channel.RequestAsync(seller, request, patience.Token), reply => reply is PaymentRequired, patience.Token);
        SignedOffer signed = _signer.Sign(quote, new OfferPolicy
        {
            Payee = Address.Parse(_agent.PayTo), ListedPrice = AtomicAmount.Parse(_agent.PriceAtomic), Cap = AtomicAmount.Parse(_agent.PriceAtomic),
            Assets = new PaymentAssets([PaymentAsset.BaseSepoliaUsdc]), Network = PaymentAsset.BaseSepoliaUsdc.Network,
        });
        var paid = new PaidRequest { CorrelationId = correlation, Payment = signed.Payment, Body = body };
        X402Reply end = await AskAsync(seller => _channel.PayAsync(seller, paid, patience.Token), IsEnd, patience.Token);
        if (end is X402Error { Message: var why } && why.Contains("valid_before", StringComparison.Ordinal))
            return false;
        if (end is not X402Response)
            Assert.Contains("refunded in", Assert.IsType<X402Error>(end).Message, StringComparison.Ordinal);
        Interlocked.Increment(ref end is X402Response ? ref _delivered : ref _refunded);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _key.Dispose();
    }

    private static bool IsEnd(X402Reply reply) =>
        reply is X402Response || (reply is X402Error { Retryable: false } error && !error.Message.Contains("owed", StringComparison.Ordinal));

    private async Task<X402Reply> AskAsync(Func<string, ValueTask<SellerAnswer>> ask, Predicate<X402Reply> isEnd, CancellationToken patience)
    {
        // As a buyer would: those of hundreds of orders who ask without rest leave no time for answers.
        for (TimeSpan pause = s_pause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            int at = Volatile.Read(ref _at);
            SellerAnswer answer = await ask(_addresses[at]);
            if (answer.Reply is { } reply && isEnd(reply))
                return reply;
            Interlocked.Increment(ref _again);

            // Nobody there: another silo's turn, whoever notices first.
            if (answer.Reply is null)
                Interlocked.CompareExchange(ref _at, (at + 1) % _addresses.Length, at);
            await Task.Delay(pause, patience);
        }
    }
}
