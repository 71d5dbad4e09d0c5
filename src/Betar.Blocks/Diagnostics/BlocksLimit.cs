namespace Betar.Blocks.Diagnostics;

/// <summary>The names of the limits, as they are counted.</summary>
internal static class BlocksLimit
{
    public const string MessageBytes = "bitswap.message_bytes";
    public const string BlockBytes = "bitswap.block_bytes";
    public const string PartsPerMessage = "bitswap.message_parts";
    public const string CidBytes = "bitswap.cid_bytes";

    /// <summary>A name or a prefix that is none.</summary>
    public const string BadName = "bitswap.bad_name";

    /// <summary>A message that is no protobuf message.</summary>
    public const string BadMessage = "bitswap.bad_message";

    public const string WantsPerPeer = "bitswap.wants_per_peer";
    public const string IncomingBytesPerPeer = "bitswap.incoming_bytes_per_peer";
    public const string IncomingBytes = "bitswap.incoming_bytes";
    public const string PendingPresences = "bitswap.pending_presences";

    /// <summary>A block that nobody here waits for.</summary>
    public const string Unrequested = "bitswap.unrequested";

    /// <summary>A peer that was asked for a block and sent none in time.</summary>
    public const string BlockTimeout = "bitswap.block_timeout";

    public const string FetchTimeout = "bitswap.fetch_timeout";
    public const string SendTimeout = "bitswap.send_timeout";
    public const string StoreQuota = "blocks.store_quota";
}
