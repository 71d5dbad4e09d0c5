namespace Betar.Ethereum.Devnet;

/// <summary>What the host does with a request.</summary>
public enum DevnetAnswer
{
    /// <summary>The response was written: HTTP 200.</summary>
    Body,

    /// <summary>Only notifications, nothing to say: HTTP 204.</summary>
    Empty,

    /// <summary>An injected outage: HTTP 503, or a broken connection.</summary>
    Unavailable,
}
