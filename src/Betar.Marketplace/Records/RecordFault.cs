namespace Betar.Marketplace.Records;

/// <summary>Why bytes are not believed to be a seller's record.</summary>
public enum RecordFault
{
    None,

    /// <summary>It is longer than a record may be.</summary>
    TooLong,

    /// <summary>No envelope of this kind whose signature holds.</summary>
    NotSigned,

    /// <summary>What was signed is no record, or not in its one spelling.</summary>
    Malformed,

    /// <summary>Somebody else signed it than the seller that it names.</summary>
    OtherSigner,

    /// <summary>This seller cannot have made that id.</summary>
    IdOfAnother,

    /// <summary>It was fetched for another listing.</summary>
    OtherListing,

    /// <summary>It says that it was issued after now.</summary>
    FromTheFuture,

    /// <summary>It ends before it begins, or lives for longer than records may.</summary>
    BadLifetime,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>One of the same or a greater version is known.</summary>
    NotNewer,

    /// <summary>The seller, or its part of the network, has as many listings as it may.</summary>
    OverQuota,
}
