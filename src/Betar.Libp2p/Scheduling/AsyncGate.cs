namespace Betar.Libp2p.Scheduling;

/// <summary>Lets so many in at a time, first come, first served. Waiters continue on their own scheduler, which a semaphore does not promise.</summary>
public sealed class AsyncGate(int limit, TaskScheduler scheduler)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _inside;

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> node;
        lock (_lock)
        {
            if (_inside < limit)
            {
                _inside++;
                return;
            }

            node = _waiting.AddLast(Completions.Create(scheduler));
        }

        using var registration = cancellationToken.UnsafeRegister(_ => GiveUp(node, cancellationToken), null);
        await node.Value.Task;
    }

    public void Leave()
    {
        TaskCompletionSource? next;
        lock (_lock)
        {
            next = _waiting.First?.Value;
            if (next is null)
            {
                _inside--;
                return;
            }

            _waiting.RemoveFirst();
        }

        // The place goes from one to the other.
        next.SetResult();
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (node.List is null)
                return;
            _waiting.Remove(node);
        }

        node.Value.SetCanceled(cancellationToken);
    }
}
