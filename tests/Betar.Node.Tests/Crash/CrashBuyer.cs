using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Crash;

/// <summary>A buyer that keeps its one payment and shows it as often as it takes.</summary>
internal sealed class CrashBuyer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly AuthorizationSigner _signer;

    public CrashBuyer() => _signer = new AuthorizationSigner(_key, TimeProvider.System);

    public Address Address => _signer.Payer;

    public PaidRequest? Payment { get; private set; }

    public void Dispose() => _key.Dispose();

    public async Task PrepareAsync(IPEndPoint seller, JsonElement agent, string input)
    {
        string id = agent.GetProperty("id").GetString()!, correlation = Guid.NewGuid().ToString();
        byte[] body = new TaskBody(input, id).Write();
        using var socket = new TcpClient();
        await socket.ConnectAsync(seller);
        using var client = new X402StreamClient(socket.GetStream(), new X402ClientOptions(), TimeProvider.System);
        ExchangeOutcome quoted = await client.RequestAsync(
            new X402Request { CorrelationId = correlation, Resource = id, Body = body }, CancellationToken.None);
        var offer = Assert.IsType<PaymentRequired>(quoted.Reply);
        AtomicAmount price = AtomicAmount.Parse(agent.GetProperty("priceAtomic").GetString()!);
        SignedOffer signed = _signer.Sign(offer, new OfferPolicy
        {
            Payee = Address.Parse(agent.GetProperty("payTo").GetString()!), ListedPrice = price, Cap = price,
        });
        Payment = new PaidRequest { CorrelationId = correlation, Payment = signed.Payment, Body = body };
    }

    /// <summary>Shows the payment once; null when the seller went away without an answer.</summary>
    public async Task<X402Reply?> PayAsync(IPEndPoint seller)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(seller);
        using var client = new X402StreamClient(socket.GetStream(), new X402ClientOptions(), TimeProvider.System);
        return (await client.PayAsync(Payment!, CancellationToken.None)).Reply;
    }

    /// <summary>Shows the payment until the answer is an end.</summary>
    public async Task<X402Reply> PayToTheEndAsync(IPEndPoint seller)
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
