namespace Betar.Marketplace.Replication.Graph;

/// <summary>What became of a node that came.</summary>
internal enum TakeResult
{
    /// <summary>It is kept.</summary>
    Taken,

    Known,

    /// <summary>No room for others' nodes.</summary>
    NoRoom,

    /// <summary>The peer on whose word it came has its share of the room already.</summary>
    OverShare,
}
