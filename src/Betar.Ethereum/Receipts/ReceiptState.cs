namespace Betar.Ethereum;

/// <summary>What is known of a transaction that was sent.</summary>
public enum ReceiptState
{
    /// <summary>The chain did not answer: nothing is known.</summary>
    Unavailable = 0,

    /// <summary>In no block yet; it may still be included.</summary>
    Pending,

    /// <summary>In a block that too few have followed.</summary>
    Included,

    /// <summary>In a block that enough have followed. Whether it succeeded is in the receipt.</summary>
    Confirmed,

    /// <summary>The block that held it is no longer part of the chain. Said once; the next look says where it is now.</summary>
    Reorganised,

    /// <summary>The node has let it go and its nonce is unused: sending the same bytes again is safe, and it may still turn up.</summary>
    Dropped,

    /// <summary>Another transaction has used its nonce, and enough blocks have followed: it will never be included.</summary>
    Replaced,
}
