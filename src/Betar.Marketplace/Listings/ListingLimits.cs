namespace Betar.Marketplace.Listings;

/// <summary>Bounds of one listing that somebody wrote. What is longer is no listing.</summary>
public sealed class ListingLimits
{
    /// <summary>Bytes of the whole value; default 64 KiB, which is also what the replicated set carries.</summary>
    public int MaxBytes { get; set; } = 64 * 1024;

    /// <summary>Characters of an id; default 300, so that its key stays below 512 bytes.</summary>
    public int MaxIdLength { get; set; } = 300;

    /// <summary>Characters of a name; default 256.</summary>
    public int MaxNameLength { get; set; } = 256;

    /// <summary>Characters of the other texts, and of each address and protocol; default 512.</summary>
    public int MaxTextLength { get; set; } = 512;

    /// <summary>Addresses, and protocols, of a listing; default 32.</summary>
    public int MaxItems { get; set; } = 32;

    internal static ListingLimits Default { get; } = new();
}
