using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols.Identify;

namespace Betar.Libp2p.Events;

/// <summary>Something that happened to a peer.</summary>
public sealed class HostEventArgs(HostEventKind kind, ConnectionInfo connection, IdentifiedPeer? identified = null) : EventArgs
{
    public HostEventKind Kind => kind;

    public PeerId Peer => connection.Peer;

    public ConnectionInfo Connection => connection;

    /// <summary>What the peer said, when it said something.</summary>
    public IdentifiedPeer? Identified => identified;
}
