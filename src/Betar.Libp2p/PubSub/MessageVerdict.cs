namespace Betar.Libp2p.PubSub;

/// <summary>What becomes of a message.</summary>
public enum MessageVerdict
{
    /// <summary>It is passed on.</summary>
    Accept,

    /// <summary>It is dropped, and who sent it is thought less of.</summary>
    Reject,

    /// <summary>It is dropped, and nobody is blamed.</summary>
    Ignore,
}
