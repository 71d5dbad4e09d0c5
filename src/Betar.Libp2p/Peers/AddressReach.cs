namespace Betar.Libp2p.Peers;

/// <summary>From where an address leads to the same place.</summary>
internal enum AddressReach
{
    /// <summary>Nowhere that a peer could be: many receivers, none, or a service of the machine's landlord.</summary>
    Nowhere = 0,

    /// <summary>This machine only.</summary>
    Machine = 1,

    /// <summary>One link only.</summary>
    Link = 2,

    /// <summary>A network of somebody's own.</summary>
    Site = 3,

    /// <summary>The internet.</summary>
    Public = 4,
}
