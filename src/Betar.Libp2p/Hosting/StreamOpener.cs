using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Hosting;

/// <summary>Opens streams on a connection and agrees on what they are for.</summary>
internal sealed class StreamOpener(StreamLimitOptions limits, MultistreamOptions negotiation, TimeProvider time)
{
    /// <param name="served">What the peer is known to serve: the first proposal among it is not waited for.</param>
    public async Task<Libp2pStream> OpenAsync(
        PeerConnection connection, IReadOnlyList<string> protocols, IReadOnlyList<string> served, CancellationToken cancellationToken)
    {
        using var span = Libp2pInstruments.Spans.StartActivity("libp2p.stream");
        if (connection.Holding.TryOpenStream(inbound: false) is not { } holding)
            throw new Libp2pException(Libp2pError.LimitExceeded, $"There are too many streams to peer {connection.Peer} already.");
        MuxedStream? stream = null;
        try
        {
            using var deadline = new Deadline(limits.NegotiationTimeout, time, cancellationToken);
            stream = await OpenAsync(connection, deadline);
            string? protocol;
            if (protocols.FirstOrDefault(served.Contains) is { } known)
            {
                protocol = known;
                stream = new LazyNegotiatedStream(stream, known, negotiation);
            }
            else
            {
                protocol = await SelectAsync(stream, protocols, deadline)
                    ?? throw new Libp2pException(Libp2pError.UnknownProtocol, $"Peer {connection.Peer} serves none of the protocols that were proposed.");
            }

            if (!holding.TryAssign(protocol))
                throw new Libp2pException(Libp2pError.LimitExceeded, $"There are too many streams of {protocol} already.");
            Libp2pInstruments.StreamOpened(inbound: false);
            stream.IdleTimeout = limits.IdleTimeout;
            span?.SetTag("protocol", protocol);
            return new Libp2pStream(stream, connection.Info, protocol, inbound: false, holding);
        }
        catch
        {
            stream?.Reset();
            holding.Dispose();
            throw;
        }
    }

    private static async Task<MuxedStream> OpenAsync(PeerConnection connection, Deadline deadline)
    {
        try
        {
            return await connection.Muxer.OpenStreamAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new Libp2pException(Libp2pError.Timeout, $"Peer {connection.Peer} took no new stream in time.");
        }
    }

    private async Task<string?> SelectAsync(MuxedStream stream, IReadOnlyList<string> protocols, Deadline deadline)
    {
        try
        {
            return await MultistreamSelect.SelectAsync(stream, protocols, negotiation, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new Libp2pException(Libp2pError.Timeout, "The peer did not say in time whether it serves the protocol.");
        }
    }
}
