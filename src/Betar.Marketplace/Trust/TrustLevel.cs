namespace Betar.Marketplace.Trust;

/// <summary>How far a listing may be believed.</summary>
public enum TrustLevel
{
    /// <summary>This node sells it.</summary>
    Own,

    /// <summary>The seller's signature holds, and no newer version is known.</summary>
    Verified,

    /// <summary>Not signed, but heard from the seller itself.</summary>
    Attested,

    /// <summary>Somebody says so.</summary>
    Hearsay,

    /// <summary>The seller said something else than what others made of it.</summary>
    Disputed,

    /// <summary>Its time is over, and the seller has not been heard since.</summary>
    Expired,
}
