namespace Betar.Libp2p.PubSub.Routing;

/// <summary>What is counted, under the names that go-libp2p-pubsub gives to the same.</summary>
internal static class GossipEvent
{
    public const string Publish = "publish_message";
    public const string Deliver = "deliver_message";
    public const string Duplicate = "duplicate_message";
    public const string Reject = "reject_message";
    public const string Undeliverable = "undeliverable_message";
    public const string AddPeer = "add_peer";
    public const string RemovePeer = "remove_peer";
    public const string ReceiveRpc = "recv_rpc";
    public const string SendRpc = "send_rpc";
    public const string DropRpc = "drop_rpc";
    public const string Join = "join";
    public const string Leave = "leave";
    public const string Graft = "graft";
    public const string Prune = "prune";
    public const string ThrottlePeer = "throttle_peer";
}
