using Betar.Libp2p.Identity;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Security;

/// <summary>A handshake that says who the other side is, and hides what follows.</summary>
internal interface ISecurity
{
    string Protocol { get; }

    /// <summary>The dialer gives the peer that it wants to reach; anybody else is refused.</summary>
    ValueTask<SecuredLink> SecureAsync(PlainLink link, bool isDialer, PeerId? expected, CancellationToken cancellationToken);
}
