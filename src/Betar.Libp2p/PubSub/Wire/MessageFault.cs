namespace Betar.Libp2p.PubSub.Wire;

/// <summary>What is wrong with a message before anybody looks at its signature.</summary>
internal enum MessageFault
{
    None,

    /// <summary>No author, no sequence number, no signature, or a sequence number of another length.</summary>
    MissingSignature,

    /// <summary>A field that is not of this format: others sign it with the rest, and we would not.</summary>
    UnknownField,
}
