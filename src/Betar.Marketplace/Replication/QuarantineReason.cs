namespace Betar.Marketplace.Replication;

/// <summary>Why something that is in the graph has no effect here. The numbers are kept on disk.</summary>
public enum QuarantineReason
{
    None = 0,

    /// <summary>The node cannot be read.</summary>
    Unreadable = 1,

    /// <summary>Its priority is neither its height nor one more than the greatest of the nodes that it stands on.</summary>
    WrongPriority = 2,

    TooManyLinks = 3,
    TooManyElements = 4,
    TooManyTombstones = 5,
    NodeTooLarge = 6,

    /// <summary>A key outside the set's prefix.</summary>
    ForeignKey = 7,

    KeyTooLong = 8,
    ValueTooLong = 9,

    /// <summary>The seller whom the value claims has as many as are allowed.</summary>
    SellerQuota = 10,

    /// <summary>No room, and nobody less worthy to give way.</summary>
    NoRoom = 11,

    /// <summary>It gave way to a verified value.</summary>
    GaveWay = 12,
}
