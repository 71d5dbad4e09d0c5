using Betar.Grains.Buying;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.X402.Calling;
using Betar.X402.Protocol;

namespace Betar.Node.Peering;

/// <summary>Reaches sellers by their address on the network, one stream for each exchange, as the original does.</summary>
internal sealed class PeerSellerChannel(Libp2pHost host, X402ClientOptions options, TimeProvider time) : ISellerChannel
{
    /// <summary>A price binds nobody, so a question that got lost with its connection is asked once more.</summary>
    public async ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken)
    {
        var first = await ExchangeAsync(seller, Ask, cancellationToken);
        return first.Lost ? (await ExchangeAsync(seller, Ask, cancellationToken)).Answer : first.Answer;

        Task<ExchangeOutcome> Ask(X402StreamClient client) => client.RequestAsync(request, cancellationToken);
    }

    /// <summary>Whether a payment is shown again is for the purchase to say.</summary>
    public async ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken) =>
        (await ExchangeAsync(seller, client => client.PayAsync(request, cancellationToken), cancellationToken)).Answer;

    private async ValueTask<(SellerAnswer Answer, bool Lost)> ExchangeAsync(
        string seller, Func<X402StreamClient, Task<ExchangeOutcome>> exchange, CancellationToken cancellationToken)
    {
        if (!Multiaddr.TryParse(seller, out var address) || address.Peer is null)
            return (new SellerAnswer(null, $"\"{seller}\" does not say which peer is there: an address ends with /p2p/…"), false);

        // The network's work stays on the network's threads, whoever's turn this is called in.
        return await Task.Factory.StartNew(
            () => ExchangeAsync(address, exchange, cancellationToken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    private async Task<(SellerAnswer Answer, bool Lost)> ExchangeAsync(
        Multiaddr seller, Func<X402StreamClient, Task<ExchangeOutcome>> exchange, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await host.OpenStreamAsync(seller, StreamProtocol.Id, cancellationToken);
            using var client = new X402StreamClient(stream, options, time);
            var outcome = await exchange(client);
            if (!outcome.HasReply)
                stream.Reset();
            return (new SellerAnswer(outcome.Reply, outcome.HasReply ? "" : $"No answer: {outcome.Failure}."), outcome.Failure == ExchangeFailure.Disconnected);
        }
        catch (Libp2pException fault)
        {
            bool lost = fault.Code is Libp2pError.ConnectionClosed or Libp2pError.Closed or Libp2pError.StreamReset;
            return (new SellerAnswer(null, $"The seller at {seller} cannot be reached ({fault.Message})"), lost);
        }
    }
}
