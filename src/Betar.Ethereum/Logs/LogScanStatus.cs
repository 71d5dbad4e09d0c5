namespace Betar.Ethereum;

/// <summary>Why a scan ended.</summary>
public enum LogScanStatus
{
    /// <summary>The chain did not answer, or not in a usable way. What was handed out stays good.</summary>
    Unavailable = 0,

    /// <summary>Everything that is deep enough has been read.</summary>
    UpToDate,

    /// <summary>As much as one scan may read has been read; there is more.</summary>
    More,

    /// <summary>The node refuses even one block's logs.</summary>
    Refused,

    /// <summary>No block that was read up to is in the chain any more: what was handed out must be read anew from the beginning.</summary>
    TooDeep,
}
