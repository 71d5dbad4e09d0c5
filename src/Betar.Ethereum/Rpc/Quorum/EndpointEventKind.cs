namespace Betar.Ethereum;

/// <summary>What happened to one of several nodes.</summary>
public enum EndpointEventKind
{
    None = 0,

    /// <summary>It said something else than enough others: it lies, or it is on another fork.</summary>
    Outvoted,

    /// <summary>It failed too often in a row and is left alone for a while.</summary>
    Opened,

    /// <summary>It answers again.</summary>
    Closed,
}
