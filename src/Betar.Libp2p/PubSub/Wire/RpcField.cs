namespace Betar.Libp2p.PubSub.Wire;

/// <summary>The numbers of the fields.</summary>
internal static class RpcField
{
    public const int Subscriptions = 1;
    public const int Publish = 2;
    public const int Control = 3;

    public const int Subscribe = 1;
    public const int SubscribedTopic = 2;

    public const int ControlHave = 1;
    public const int ControlWant = 2;
    public const int ControlGraft = 3;
    public const int ControlPrune = 4;
    public const int ControlDontWant = 5;

    public const int Topic = 1;
    public const int HaveIds = 2;
    public const int WantIds = 1;
    public const int PrunePeers = 2;
    public const int PruneBackoff = 3;

    public const int OfferedId = 1;
    public const int OfferedRecord = 2;
}
