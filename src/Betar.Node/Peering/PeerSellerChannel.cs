using Betar.Grains.Buying;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.X402.Calling;
using Betar.X402.Pieces;
using Betar.X402.Protocol;

namespace Betar.Node.Peering;

/// <summary>
/// Reaches sellers by their address on the network, one stream for each exchange, as the original does. Who wants pieces of the answer gets them
/// from sellers that serve them, and the whole answer from all others.
/// </summary>
internal sealed class PeerSellerChannel(Libp2pHost host, X402ClientOptions options, TimeProvider time) : ISellerChannel
{
    private static readonly string[] s_whole = [StreamProtocol.Id];
    private static readonly string[] s_inPieces = [StreamProtocol.PiecesId, StreamProtocol.Id];

    public ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken) =>
        RequestAsync(seller, request, s_whole, null, cancellationToken);

    public ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken) =>
        PayAsync(seller, request, s_whole, null, cancellationToken);

    public ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, IPieceSink pieces, CancellationToken cancellationToken) =>
        RequestAsync(seller, request, s_inPieces, pieces, cancellationToken);

    public ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, IPieceSink pieces, CancellationToken cancellationToken) =>
        PayAsync(seller, request, s_inPieces, pieces, cancellationToken);

    /// <summary>A price binds nobody, so a question that got lost with its connection is asked once more.</summary>
    private async ValueTask<SellerAnswer> RequestAsync(
        string seller, X402Request request, string[] protocols, IPieceSink? pieces, CancellationToken cancellationToken)
    {
        var first = await ExchangeAsync(seller, protocols, Ask, cancellationToken);
        return first.Lost ? (await ExchangeAsync(seller, protocols, Ask, cancellationToken)).Answer : first.Answer;

        Task<ExchangeOutcome> Ask(X402StreamClient client, string protocol) =>
            client.RequestAsync(request, protocol == StreamProtocol.PiecesId ? pieces : null, cancellationToken);
    }

    /// <summary>Whether a payment is shown again is for the purchase to say.</summary>
    private async ValueTask<SellerAnswer> PayAsync(
        string seller, PaidRequest request, string[] protocols, IPieceSink? pieces, CancellationToken cancellationToken) =>
        (await ExchangeAsync(
            seller, protocols,
            (client, protocol) => client.PayAsync(request, protocol == StreamProtocol.PiecesId ? pieces : null, cancellationToken), cancellationToken)).Answer;

    private async ValueTask<(SellerAnswer Answer, bool Lost)> ExchangeAsync(
        string seller, string[] protocols, Func<X402StreamClient, string, Task<ExchangeOutcome>> exchange, CancellationToken cancellationToken)
    {
        if (!Multiaddr.TryParse(seller, out var address) || address.Peer is null)
            return (new SellerAnswer(null, $"\"{seller}\" does not say which peer is there: an address ends with /p2p/…"), false);

        // The network's work stays on the network's threads, whoever's turn this is called in.
        return await Task.Factory.StartNew(
            () => ExchangeAsync(address, protocols, exchange, cancellationToken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    private async Task<(SellerAnswer Answer, bool Lost)> ExchangeAsync(
        Multiaddr seller, string[] protocols, Func<X402StreamClient, string, Task<ExchangeOutcome>> exchange, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await host.OpenStreamAsync(seller, protocols, cancellationToken);
            using var client = new X402StreamClient(stream, options, time);
            var outcome = await exchange(client, stream.Protocol);
            if (!outcome.HasReply)
                stream.Reset();
            var answer = new SellerAnswer(outcome.Reply, outcome.HasReply ? "" : $"No answer: {outcome.Failure}.")
            {
                BrokePieces = stream.Protocol == StreamProtocol.PiecesId && BreaksRules(outcome.Failure),
            };
            return (answer, outcome.Failure == ExchangeFailure.Disconnected);
        }
        catch (Libp2pException fault)
        {
            bool lost = fault.Code is Libp2pError.ConnectionClosed or Libp2pError.Closed or Libp2pError.StreamReset;
            return (new SellerAnswer(null, $"The seller at {seller} cannot be reached ({fault.Message})"), lost);
        }
    }

    private static bool BreaksRules(ExchangeFailure failure) => failure is
        ExchangeFailure.Malformed or ExchangeFailure.TooLarge or ExchangeFailure.WrongCorrelation or ExchangeFailure.TooManyPieces;
}
