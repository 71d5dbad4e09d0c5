using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Links;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub;

public sealed partial class GossipSub
{
    /// <summary>Does what the router has done for it on the host's scheduler.</summary>
    private sealed class GossipEnvironment(GossipSub owner) : IRouterEnvironment
    {
        private readonly Queue<(GossipTopic Topic, TopicPeerEventArgs Change)> _changes = [];
        private readonly Lock _lock = new();
        private SignatureQueue _signatures = null!;
        private GossipRouter _router = null!;
        private bool _raising;

        public void Start(GossipRouter router)
        {
            _router = router;
            _signatures = new SignatureQueue(owner._options.Limits.SignatureWorkers, owner._work, router.Verified);
        }

        public void Verify(PendingMessage message) => _signatures.Add(message);

        public void Judge(PendingMessage message) => owner._work.Run(() => JudgeAsync(message));

        public ReadOnlyMemory<byte> RecordFor(PeerId about, PeerId listener) => owner._recommended.RecordFor(about, listener);

        public void Recommended(PeerId speaker, IReadOnlyList<OfferedPeer> offered) => owner._recommended.Take(speaker, offered);

        public void Connect(PeerId peer) => owner._work.Run(() => owner.ConnectDirectAsync(peer));

        public void PeerChanged(string topic, PeerId peer, bool joined)
        {
            if (owner.Find(topic) is not { } found)
                return;
            lock (_lock)
            {
                _changes.Enqueue((found, new TopicPeerEventArgs(peer, joined)));
                if (_raising)
                    return;
                _raising = true;
            }

            owner._work.Run(RaiseAsync);
        }

        private async Task JudgeAsync(PendingMessage pending)
        {
            var verdict = MessageVerdict.Ignore;
            try
            {
                var message = pending.Message;
                if (owner.Find(message.Topic) is { } topic)
                {
                    verdict = await topic.Handler(
                        new PubSubMessage(message.Topic, message.Author, pending.Sender.Id, message.Sequence, message.Data), owner._stopping.Token);
                }
            }
            catch (OperationCanceledException) when (owner._stopping.IsCancellationRequested)
            {
                // Nobody wants to know any more.
            }
            catch (Exception error)
            {
                // Our bug, not the peer's: nobody is blamed, and the message is not passed on unseen.
                LogHandlerFailed(owner._logger, pending.Message.Topic, error);
            }

            _router.Judged(pending, verdict);
        }

        /// <summary>One after the other, in the order in which it happened, and outside of every lock.</summary>
        private Task RaiseAsync()
        {
            while (TryTake() is { } change)
            {
                try
                {
                    change.Topic.Raise(change.Change);
                }
                catch (Exception error)
                {
                    LogPeerHandlerFailed(owner._logger, change.Topic.Name, error);
                }
            }

            return Task.CompletedTask;
        }

        private (GossipTopic Topic, TopicPeerEventArgs Change)? TryTake()
        {
            lock (_lock)
            {
                if (_changes.TryDequeue(out var change))
                    return change;
                _raising = false;
                return null;
            }
        }
    }
}
