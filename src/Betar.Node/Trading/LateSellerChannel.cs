using Betar.Grains.Buying;
using Betar.Libp2p;
using Betar.Node.Peering;
using Betar.X402.Calling;
using Betar.X402.Pieces;
using Betar.X402.Protocol;

namespace Betar.Node.Trading;

/// <summary>The way to sellers over the host that the node has now: it comes after the silos, and may come anew.</summary>
internal sealed class LateSellerChannel(Func<Libp2pHost?> host, X402ClientOptions options, TimeProvider time) : ISellerChannel
{
    private static readonly SellerAnswer s_offline = new(null, "This node is not on the network now.");

    public ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken) =>
        Channel() is { } channel ? channel.RequestAsync(seller, request, cancellationToken) : ValueTask.FromResult(s_offline);

    public ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken) =>
        Channel() is { } channel ? channel.PayAsync(seller, request, cancellationToken) : ValueTask.FromResult(s_offline);

    public ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, IPieceSink pieces, CancellationToken cancellationToken) =>
        Channel() is { } channel ? channel.RequestAsync(seller, request, pieces, cancellationToken) : ValueTask.FromResult(s_offline);

    public ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, IPieceSink pieces, CancellationToken cancellationToken) =>
        Channel() is { } channel ? channel.PayAsync(seller, request, pieces, cancellationToken) : ValueTask.FromResult(s_offline);

    private PeerSellerChannel? Channel() => host() is { } now ? new PeerSellerChannel(now, options, time) : null;
}
