namespace Betar.Libp2p.Discovery;

/// <summary>Whose word it is that a peer can be found somewhere. The more it is worth, the more addresses are dialled for it.</summary>
public enum PeerOrigin
{
    /// <summary>Somebody of the network says so.</summary>
    Stranger = 0,

    /// <summary>It was heard on a link of this machine.</summary>
    Link = 1,

    /// <summary>We dialled it before, and it was there.</summary>
    Remembered = 2,

    /// <summary>The operator of this host says so.</summary>
    Operator = 3,
}
