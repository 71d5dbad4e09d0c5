using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>
/// Somebody who speaks the protocol and means harm. By itself it takes part in the topic, gets into every mesh it can and passes nothing on.
/// </summary>
internal sealed class Attacker(SimNetwork network, int number) : SimPeer(network, 1_000_000 + number)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public Dictionary<SimPeer, IOutbox> Victims { get; } = [];

    public int Pruned { get; private set; }

    public long BytesReceived { get; private set; }

    /// <summary>Once a second, from when it begins.</summary>
    public Action<Attacker>? Each { get; set; }

    /// <summary>Whether and to whom a message is passed on; nobody by default.</summary>
    public Func<SimPeer, WireMessage, bool>? PassesOn { get; set; }

    public bool Grafts { get; set; } = true;

    public void Begin()
    {
        Each?.Invoke(this);
        Network.After(Beat, Begin);
    }

    public override void Linked(SimPeer other, bool outbound, IOutbox outbox)
    {
        Victims[other] = outbox;
        Send(other, rpc =>
        {
            rpc.Subscriptions.Add(new SubscriptionChange(true, SimNetwork.Topic));
            if (Grafts)
                rpc.Graft.Add(SimNetwork.Topic);
        });
    }

    public override void Receive(SimPeer from, GossipRpc rpc)
    {
        Pruned += rpc.Prune.Count;
        foreach (var message in rpc.Messages)
        {
            BytesReceived += message.Raw.Length;
            if (PassesOn is not null && _seen.Add(message.Id))
                Pass(from, message);
        }
    }

    public void Send(SimPeer to, Action<GossipRpc> fill)
    {
        var rpc = new GossipRpc();
        fill(rpc);
        Victims[to].TrySend(rpc, urgent: false);
    }

    public void SendAll(Action<GossipRpc> fill)
    {
        foreach (var victim in Victims.Keys)
            Send(victim, fill);
    }

    private readonly HashSet<MessageId> _seen = [];

    private void Pass(SimPeer from, WireMessage message)
    {
        foreach (var victim in Victims.Keys)
        {
            if (victim != from && PassesOn!(victim, message))
                Send(victim, rpc => rpc.Messages.Add(message));
        }
    }
}
