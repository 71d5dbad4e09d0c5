using System.Diagnostics;
using Betar.Libp2p;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Protocol;

namespace Betar.Benchmarks.X402;

/// <summary>Purchases one after the other over a warm connection, each message on a stream of its own.</summary>
internal sealed class PaidTaskBuyer(PaidTaskWorld world, Libp2pHost host)
{
    /// <summary>Quote, sign, pay, answer. Anything but a delivery ends the bench: a figure of failures is none.</summary>
    public async Task<PaidTaskTimes> BuyAsync()
    {
        string correlation = Guid.NewGuid().ToString();
        byte[] body = new TaskBody("ping", world.AgentId).Write();
        long started = Stopwatch.GetTimestamp();
        ExchangeOutcome quoted = await ExchangeAsync(client => client.RequestAsync(
            new X402Request { CorrelationId = correlation, Resource = world.AgentId, Body = body }, CancellationToken.None));
        if (quoted.Reply is not PaymentRequired offer)
            throw new InvalidOperationException($"No quote: {quoted.Failure} {quoted.Reply}");
        long quotedAt = Stopwatch.GetTimestamp();

        AtomicAmount price = AtomicAmount.Parse(offer.Requirements!.Amount);
        SignedOffer signed = world.Signer.Sign(offer, new OfferPolicy { Payee = null, ListedPrice = price, Cap = price });
        long signedAt = Stopwatch.GetTimestamp();

        ExchangeOutcome paid = await ExchangeAsync(client => client.PayAsync(
            new PaidRequest { CorrelationId = correlation, Payment = signed.Payment, Body = body }, CancellationToken.None));
        if (paid.Reply is not X402Response)
            throw new InvalidOperationException($"Not delivered: {paid.Failure} {paid.Reply}");
        long paidAt = Stopwatch.GetTimestamp();
        return new PaidTaskTimes(
            Stopwatch.GetElapsedTime(started, quotedAt), Stopwatch.GetElapsedTime(quotedAt, signedAt),
            Stopwatch.GetElapsedTime(signedAt, paidAt), Stopwatch.GetElapsedTime(started, paidAt));
    }

    private async Task<ExchangeOutcome> ExchangeAsync(Func<X402StreamClient, Task<ExchangeOutcome>> exchange)
    {
        await using Libp2pStream stream = await host.OpenStreamAsync(world.Seller, StreamProtocol.Id);
        using var client = new X402StreamClient(stream, new X402ClientOptions(), TimeProvider.System);
        return await exchange(client);
    }
}
