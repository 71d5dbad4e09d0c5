namespace Betar.Libp2p.PubSub.Routing;

/// <summary>Why a message was not passed on, in the words of go-libp2p-pubsub; those that it does not have are ours.</summary>
internal static class RejectReason
{
    public const string MissingSignature = "missing signature";
    public const string InvalidSignature = "invalid signature";
    public const string UnknownField = "unexpected auth info";
    public const string SelfOrigin = "self originated message";
    public const string QueueFull = "validation queue full";
    public const string Throttled = "validation throttled";
    public const string Failed = "validation failed";
    public const string Ignored = "validation ignored";
    public const string TooLarge = "message too large";
    public const string AuthorRate = "author too fast";
    public const string NotJoined = "topic not joined";
}
