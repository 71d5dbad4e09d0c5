using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

internal sealed partial class GossipRouter
{
    /// <summary>A frame of a peer.</summary>
    public void Receive(RouterPeer peer, GossipRpc rpc)
    {
        lock (_lock)
        {
            Meter.Count(GossipEvent.ReceiveRpc);
            if (_peers.GetValueOrDefault(peer.Id) != peer)
                return;
            if (!peer.Direct && Score(peer) < _options.Score.GraylistThreshold)
            {
                Meter.Count(GossipEvent.ThrottlePeer);
                return;
            }

            if (rpc.Left > 0)
                Meter.Limits.Hit(GossipCap.RpcEntries);
            foreach (var change in rpc.Subscriptions)
                Take(peer, change);
            foreach (var message in rpc.Messages)
                Take(peer, message);
            if (rpc.HasControl)
                TakeControl(peer, rpc);
        }
    }

    /// <summary>The answer to <see cref="IRouterEnvironment.Verify"/>.</summary>
    public void Verified(PendingMessage pending, bool right)
    {
        lock (_lock)
        {
            pending.Sender.Pending--;
            if (!right)
            {
                // Whoever passes on a signature checks it, so the sender is to blame whoever wrote it.
                Meter.Reject(RejectReason.InvalidSignature);
                _scores.DeliveredInvalid(pending.Sender.Id, pending.Topic.Name);
                if (pending.TryTakeNextCopy())
                    _environment.Verify(pending);
                else
                    _pending.Remove(pending.Message.Id);
                return;
            }

            _pending.Remove(pending.Message.Id);
            var delivery = pending.Delivery = _seen.Add(pending.Message.Id, Now);
            delivery.Senders.Add(pending.Sender.Id);
            foreach (var other in pending.Others)
            {
                other.Pending--;
                delivery.Senders.Add(other.Id);
            }

            _promises.Fulfil(pending.Message.Id);
            if (_topics.GetValueOrDefault(pending.Topic.Name) == pending.Topic && Admit(pending, delivery))
                _environment.Judge(pending);
        }
    }

    /// <summary>The answer to <see cref="IRouterEnvironment.Judge"/>.</summary>
    public void Judged(PendingMessage pending, MessageVerdict verdict)
    {
        lock (_lock)
        {
            var (topic, message, delivery) = (pending.Topic, pending.Message, pending.Delivery!);
            topic.Validating--;
            _validating--;
            if (_topics.GetValueOrDefault(topic.Name) != topic)
                return;
            if (verdict == MessageVerdict.Accept)
                Accept(topic, message, delivery, pending.Sender);
            else if (verdict == MessageVerdict.Reject)
                Refuse(topic, message, delivery);
            else
                Drop(delivery, RejectReason.Ignored);
        }
    }

    private void Take(RouterPeer peer, SubscriptionChange change)
    {
        if (!change.Subscribes)
        {
            Unsubscribe(peer, change.Topic);
            return;
        }

        if (peer.Topics.Contains(change.Topic))
            return;
        if (!_topics.ContainsKey(change.Topic))
        {
            if (!_options.TopicFilter(change.Topic))
                return;
            if (peer.Topics.Count >= _options.Limits.TopicsPerPeer)
            {
                Meter.Limits.Hit(GossipCap.Topics);
                return;
            }
        }

        peer.Topics.Add(change.Topic);
        if (!_subscribers.TryGetValue(change.Topic, out var subscribers))
            _subscribers.Add(change.Topic, subscribers = []);
        subscribers.Add(peer);
        if (!_topics.TryGetValue(change.Topic, out var topic))
            return;
        // The next heartbeat would do it as well, but who has just come is not to wait for it.
        if (topic.Mesh.Count < _options.Mesh.DegreeLow && MayGraft(topic, peer))
            Graft(topic, peer, tell: true);
        _environment.PeerChanged(change.Topic, peer.Id, joined: true);
    }

    private void Unsubscribe(RouterPeer peer, string name)
    {
        if (!peer.Topics.Remove(name))
            return;
        var subscribers = _subscribers[name];
        subscribers.Remove(peer);
        if (subscribers.Count == 0)
            _subscribers.Remove(name);
        if (_fanouts.TryGetValue(name, out var fanout))
            fanout.Peers.Remove(peer);
        if (!_topics.TryGetValue(name, out var topic))
            return;
        if (topic.Mesh.Remove(peer))
            _scores.Prune(peer.Id, name);
        _environment.PeerChanged(name, peer.Id, joined: false);
    }

    private void Take(RouterPeer peer, WireMessage message)
    {
        if (!_topics.TryGetValue(message.Topic, out var topic))
        {
            Meter.Reject(RejectReason.NotJoined);
        }
        else if (message.Fault != MessageFault.None)
        {
            Meter.Reject(message.Fault == MessageFault.UnknownField ? RejectReason.UnknownField : RejectReason.MissingSignature);
            _scores.DeliveredInvalid(peer.Id, topic.Name);
        }
        else if (message.Id.Names(_self))
        {
            // After a restart an honest peer may give us back what we said before, so nobody is blamed.
            Meter.Reject(RejectReason.SelfOrigin);
        }
        else if (message.Data.Length > topic.Options.MaxMessageBytes)
        {
            RefuseLarge(peer, topic, message);
        }
        else if (_seen.Find(message.Id) is { } delivery)
        {
            TakeAgain(peer, topic, delivery);
        }
        else
        {
            Check(peer, topic, message);
        }
    }

    /// <summary>Others have other bounds, so who passes it on is not to blame, unless it wrote it.</summary>
    private void RefuseLarge(RouterPeer peer, RouterTopic topic, WireMessage message)
    {
        Meter.Limits.Hit(GossipCap.MessageBytes);
        Meter.Reject(RejectReason.TooLarge);
        if (message.Id.Names(peer.Id))
            _scores.DeliveredInvalid(peer.Id, topic.Name);
    }

    private void TakeAgain(RouterPeer peer, RouterTopic topic, Delivery delivery)
    {
        Meter.Count(GossipEvent.Duplicate, topic.Name);
        if (!delivery.Senders.Add(peer.Id))
            return;
        if (delivery.Status == DeliveryStatus.Valid)
            _scores.DeliveredAgain(peer.Id, topic.Name, Now - delivery.ValidatedAt);
        else if (delivery.Status == DeliveryStatus.Invalid && topic.Options.PeersCheck)
            _scores.DeliveredInvalid(peer.Id, topic.Name);
    }

    private void Check(RouterPeer peer, RouterTopic topic, WireMessage message)
    {
        if (peer.Pending >= _options.Limits.PendingPerPeer)
        {
            Meter.Limits.Hit(GossipCap.PendingPerPeer);
            Meter.Reject(RejectReason.QueueFull);
        }
        else if (_pending.TryGetValue(message.Id, out var pending))
        {
            Meter.Count(GossipEvent.Duplicate, topic.Name);
            if (pending.TryAddCopy(peer, message))
                peer.Pending++;
        }
        else if (_pending.Count >= _options.Limits.PendingSignatures)
        {
            Meter.Limits.Hit(GossipCap.PendingSignatures);
            Meter.Reject(RejectReason.QueueFull);
        }
        else
        {
            pending = new PendingMessage(topic, peer, message);
            _pending.Add(message.Id, pending);
            peer.Pending++;
            _environment.Verify(pending);
        }
    }

    /// <summary>There is room to look at it, and its author does not talk too much.</summary>
    private bool Admit(PendingMessage pending, Delivery delivery)
    {
        var (topic, message) = (pending.Topic, pending.Message);
        if (!topic.Rates.TryTake(message.Author))
        {
            Meter.Limits.Hit(GossipCap.AuthorRate);
            Drop(delivery, RejectReason.AuthorRate);
            if (message.Author == pending.Sender.Id)
                _scores.Exceeded(message.Author);
            return false;
        }

        if (topic.Validating >= topic.Options.MaxValidations || _validating >= _options.Limits.Validations)
        {
            Meter.Limits.Hit(topic.Validating >= topic.Options.MaxValidations ? GossipCap.TopicValidations : GossipCap.Validations);
            Drop(delivery, RejectReason.Throttled);
            return false;
        }

        topic.Validating++;
        _validating++;
        if (message.Data.Length >= _options.Mesh.DontWantBytes)
            SayDontWant(topic, message, delivery);
        return true;
    }

    private void Drop(Delivery delivery, string reason)
    {
        delivery.Status = DeliveryStatus.Dropped;
        Meter.Reject(reason);
    }

    private void Accept(RouterTopic topic, WireMessage message, Delivery delivery, RouterPeer sender)
    {
        (delivery.Status, delivery.ValidatedAt) = (DeliveryStatus.Valid, Now);
        Meter.Count(GossipEvent.Deliver, topic.Name);
        _scores.DeliveredFirst(sender.Id, topic.Name);
        foreach (var other in delivery.Senders)
        {
            if (other != sender.Id)
                _scores.DeliveredAgain(other, topic.Name, TimeSpan.Zero);
        }

        _cache.Put(message);
        foreach (var peer in topic.Mesh.Where(peer => !peer.Unwanted.ContainsKey(message.Id)).Union(OutsideOfMeshes(topic.Name)))
        {
            // Who has sent it has it, and its author too.
            if (peer.Id != message.Author && !delivery.Senders.Contains(peer.Id))
                Send(peer, message);
        }
    }

    /// <summary>The author is to blame, and those who passed it on only where everybody is known to check what this host checks.</summary>
    private void Refuse(RouterTopic topic, WireMessage message, Delivery delivery)
    {
        delivery.Status = DeliveryStatus.Invalid;
        Meter.Reject(RejectReason.Failed);
        foreach (var sender in delivery.Senders)
        {
            if (topic.Options.PeersCheck || sender == message.Author)
                _scores.DeliveredInvalid(sender, topic.Name);
        }
    }
}
