namespace Betar.Libp2p.Multiformats;

/// <summary>How the value of an address part is written.</summary>
internal enum MultiaddrValueKind
{
    None,
    Ip4,
    Ip6,
    Port,
    Number,
    Text,

    /// <summary>The rest of the address, slashes included.</summary>
    Path,
    Peer,
    Hash,
}
