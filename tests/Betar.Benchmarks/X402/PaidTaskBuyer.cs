using System.Diagnostics;
using System.Net.Sockets;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Protocol;

namespace Betar.Benchmarks.X402;

/// <summary>One warm connection to the seller, and purchases one after the other over it.</summary>
internal sealed class PaidTaskBuyer : IDisposable
{
    private readonly PaidTaskWorld _world;
    private readonly TcpClient _socket;
    private readonly X402StreamClient _client;

    private PaidTaskBuyer(PaidTaskWorld world, TcpClient socket)
    {
        _world = world;
        _socket = socket;
        _client = new X402StreamClient(socket.GetStream(), new X402ClientOptions(), TimeProvider.System);
    }

    public static async Task<PaidTaskBuyer> ConnectAsync(PaidTaskWorld world)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(world.Seller);
        return new PaidTaskBuyer(world, socket);
    }

    /// <summary>Quote, sign, pay, answer. Anything but a delivery ends the bench: a figure of failures is none.</summary>
    public async Task<PaidTaskTimes> BuyAsync()
    {
        string correlation = Guid.NewGuid().ToString();
        byte[] body = new TaskBody("ping", _world.AgentId).Write();
        long started = Stopwatch.GetTimestamp();
        ExchangeOutcome quoted = await _client.RequestAsync(
            new X402Request { CorrelationId = correlation, Resource = _world.AgentId, Body = body }, CancellationToken.None);
        if (quoted.Reply is not PaymentRequired offer)
            throw new InvalidOperationException($"No quote: {quoted.Failure} {quoted.Reply}");
        long quotedAt = Stopwatch.GetTimestamp();

        AtomicAmount price = AtomicAmount.Parse(offer.Requirements!.Amount);
        SignedOffer signed = _world.Signer.Sign(offer, new OfferPolicy { Payee = null, ListedPrice = price, Cap = price });
        long signedAt = Stopwatch.GetTimestamp();

        ExchangeOutcome paid = await _client.PayAsync(
            new PaidRequest { CorrelationId = correlation, Payment = signed.Payment, Body = body }, CancellationToken.None);
        if (paid.Reply is not X402Response)
            throw new InvalidOperationException($"Not delivered: {paid.Failure} {paid.Reply}");
        long paidAt = Stopwatch.GetTimestamp();
        return new PaidTaskTimes(
            Stopwatch.GetElapsedTime(started, quotedAt), Stopwatch.GetElapsedTime(quotedAt, signedAt),
            Stopwatch.GetElapsedTime(signedAt, paidAt), Stopwatch.GetElapsedTime(started, paidAt));
    }

    public void Dispose()
    {
        _client.Dispose();
        _socket.Dispose();
    }
}
