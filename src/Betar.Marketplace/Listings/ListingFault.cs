namespace Betar.Marketplace.Listings;

/// <summary>Why a value is no listing.</summary>
public enum ListingFault
{
    None,

    /// <summary>Not the JSON of a listing.</summary>
    Malformed,

    /// <summary>It is longer than a listing may be, as a whole or in a part.</summary>
    TooLong,

    /// <summary>It has no id.</summary>
    NoId,

    /// <summary>It stands under the key of another id.</summary>
    WrongKey,
}
