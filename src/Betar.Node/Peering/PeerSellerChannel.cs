using Betar.Grains.Buying;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.X402.Calling;
using Betar.X402.Protocol;

namespace Betar.Node.Peering;

/// <summary>Reaches sellers by their address on the network, one stream for each exchange, as the original does.</summary>
internal sealed class PeerSellerChannel(Libp2pHost host, X402ClientOptions options, TimeProvider time) : ISellerChannel
{
    public ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken) =>
        ExchangeAsync(seller, client => client.RequestAsync(request, cancellationToken), cancellationToken);

    public ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken) =>
        ExchangeAsync(seller, client => client.PayAsync(request, cancellationToken), cancellationToken);

    private async ValueTask<SellerAnswer> ExchangeAsync(
        string seller, Func<X402StreamClient, Task<ExchangeOutcome>> exchange, CancellationToken cancellationToken)
    {
        if (!Multiaddr.TryParse(seller, out var address) || address.Peer is null)
            return new SellerAnswer(null, $"\"{seller}\" does not say which peer is there: an address ends with /p2p/…");

        // The network's work stays on the network's threads, whoever's turn this is called in.
        return await Task.Factory.StartNew(
            () => ExchangeAsync(address, exchange, cancellationToken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    private async Task<SellerAnswer> ExchangeAsync(
        Multiaddr seller, Func<X402StreamClient, Task<ExchangeOutcome>> exchange, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await host.OpenStreamAsync(seller, StreamProtocol.Id, cancellationToken);
            using var client = new X402StreamClient(stream, options, time);
            var outcome = await exchange(client);
            if (!outcome.HasReply)
                stream.Reset();
            return new SellerAnswer(outcome.Reply, outcome.HasReply ? "" : $"No answer: {outcome.Failure}.");
        }
        catch (Libp2pException fault)
        {
            return new SellerAnswer(null, $"The seller at {seller} cannot be reached ({fault.Message})");
        }
    }
}
