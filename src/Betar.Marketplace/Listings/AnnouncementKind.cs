namespace Betar.Marketplace.Listings;

/// <summary>What an announcement tells.</summary>
public enum AnnouncementKind
{
    List,

    /// <summary>The original makes no difference between this and <see cref="List"/>; every word that it does not know means this.</summary>
    Update,
    Delist,
}
