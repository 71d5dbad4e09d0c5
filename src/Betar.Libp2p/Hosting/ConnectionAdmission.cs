using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Hosting;

/// <summary>The way of an upgraded connection into the host, and its way out.</summary>
internal sealed class ConnectionAdmission(
    ConnectionTable table, IConnectionGate gate, StreamServer server, BackgroundWork work, TimeProvider time, CancellationToken stopping)
{
    public event Action<PeerConnection>? Added;

    public event Action<PeerConnection>? Removed;

    /// <summary>Takes over the connection and what it holds; when it may not stay, both are given up.</summary>
    public PeerConnection Admit(UpgradedConnection upgraded, bool inbound, Multiaddr local, Multiaddr remote, ConnectionHolding holding)
    {
        if (stopping.IsCancellationRequested)
            throw Refuse(upgraded, holding, Libp2pError.Closed, "The host is stopping.");
        if (!gate.MayStay(upgraded.RemotePeer, remote, inbound))
            throw Refuse(upgraded, holding, Libp2pError.Gated, $"Peer {upgraded.RemotePeer} is not let through.");
        if (!holding.TryAssign(upgraded.RemotePeer))
            throw Refuse(upgraded, holding, Libp2pError.LimitExceeded, $"Peer {upgraded.RemotePeer} has too many connections.");
        var connection = new PeerConnection(upgraded, inbound, local, remote, holding, time);
        table.Add(connection);
        // Who came in while the host began to stop would not be seen by it.
        if (stopping.IsCancellationRequested)
            work.Run(() => connection.CloseAsync());
        Libp2pInstruments.ConnectionOpened(inbound);
        work.Run(() => WatchAsync(connection));
        Added?.Invoke(connection);
        work.Run(() => server.ServeAsync(connection));
        return connection;
    }

    private static Libp2pException Refuse(UpgradedConnection upgraded, ConnectionHolding holding, Libp2pError code, string message)
    {
        upgraded.Connection.Abort(code);
        holding.Dispose();
        return new Libp2pException(code, message);
    }

    private async Task WatchAsync(PeerConnection connection)
    {
        await connection.Muxer.Completion;
        table.Remove(connection);
        await connection.Muxer.DisposeAsync();
        connection.Holding.Dispose();
        Libp2pInstruments.ConnectionClosed(connection.Inbound);
        Removed?.Invoke(connection);
    }
}
