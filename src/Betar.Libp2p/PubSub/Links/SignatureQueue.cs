using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.PubSub.Links;

/// <summary>Checks signatures away from the streams, a few at a time. The router bounds how many wait.</summary>
internal sealed class SignatureQueue(int workers, BackgroundWork work, Action<PendingMessage, bool> done)
{
    private const int AtOnce = 16;
    private readonly Lock _lock = new();
    private readonly Queue<PendingMessage> _waiting = [];
    private int _working;

    public void Add(PendingMessage message)
    {
        lock (_lock)
        {
            _waiting.Enqueue(message);
            if (_working >= workers)
                return;
            _working++;
        }

        work.Run(CheckAsync);
    }

    private async Task CheckAsync()
    {
        for (var checks = 0; TryTake() is { } pending; checks++)
        {
            done(pending, pending.Message.Verify());
            // Others on the same scheduler want to go on, too.
            if (checks % AtOnce == AtOnce - 1)
                await Task.Yield();
        }
    }

    private PendingMessage? TryTake()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var message))
                return message;
            _working--;
            return null;
        }
    }
}
