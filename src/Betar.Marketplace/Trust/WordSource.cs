namespace Betar.Marketplace.Trust;

/// <summary>How a seller said something that it did not sign for third parties.</summary>
public enum WordSource
{
    /// <summary>It answered when it was asked.</summary>
    Info,

    /// <summary>It signed a message of the announcements' topic.</summary>
    Announcement,

    /// <summary>It was the first to broadcast the change.</summary>
    Head,
}
