namespace Betar.Libp2p.PubSub.Routing;

/// <summary>The names under which hits of the limits are counted.</summary>
internal static class GossipCap
{
    public const string RpcBytes = "pubsub.rpc_bytes";
    public const string RpcEntries = "pubsub.rpc_entries";
    public const string Topics = "pubsub.topics";
    public const string SeenMessages = "pubsub.seen_messages";
    public const string CacheBytes = "pubsub.cache_bytes";
    public const string PendingSignatures = "pubsub.pending_signatures";
    public const string PendingPerPeer = "pubsub.pending_per_peer";
    public const string Validations = "pubsub.validations";
    public const string TopicValidations = "pubsub.topic_validations";
    public const string QueuedRpcs = "pubsub.queued_rpcs";
    public const string QueuedBytes = "pubsub.queued_bytes";
    public const string Have = "pubsub.have";
    public const string HaveIds = "pubsub.have_ids";
    public const string Want = "pubsub.want";
    public const string Retransmissions = "pubsub.retransmissions";
    public const string DontWant = "pubsub.dont_want";
    public const string DontWantIds = "pubsub.dont_want_ids";
    public const string OfferedPeers = "pubsub.offered_peers";
    public const string Backoffs = "pubsub.backoffs";
    public const string AuthorRate = "pubsub.author_rate";
    public const string Authors = "pubsub.authors";
    public const string RetainedScores = "pubsub.retained_scores";
    public const string MessageBytes = "pubsub.message_bytes";
    public const string LinkTimeout = "pubsub.link_timeout";
}
