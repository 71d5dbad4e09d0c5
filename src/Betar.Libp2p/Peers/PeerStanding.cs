namespace Betar.Libp2p.Peers;

/// <summary>What a peer is to us; when there is no room, those who are least go first. Nobody gets above <see cref="Met"/> by what he does himself.</summary>
public enum PeerStanding
{
    /// <summary>Somebody named it.</summary>
    Heard = 0,

    /// <summary>It proved who it is and said how it is reached.</summary>
    Met = 1,

    /// <summary>We dialled it and it was there.</summary>
    Reached = 2,

    /// <summary>The application protects it.</summary>
    Protected = 3,
}
