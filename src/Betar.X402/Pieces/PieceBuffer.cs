using System.Text;

namespace Betar.X402.Pieces;

/// <summary>
/// Between one that writes pieces and one that reads them, on any threads. What waits is read together. A reader that is too slow loses the
/// rest, never something in the middle: what was read is always the beginning of what was written.
/// </summary>
public sealed class PieceBuffer(PieceLimits limits) : IPieceSink
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _waiting = new();
    private TaskCompletionSource? _arrival;
    private bool _ended;

    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return !_ended;
            }
        }
    }

    public void Add(string text)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            int room = limits.MaxWaiting - _waiting.Length;
            _waiting.Append(text.AsSpan(0, Math.Min(text.Length, room)));
            if (text.Length > room)
            {
                X402Instruments.OnLimitHit("pieces_waiting");
                _ended = true;
            }
        }

        Arrive();
    }

    /// <summary>Nothing more comes; what waits can still be read.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
        }

        Arrive();
    }

    /// <summary>The next text, never empty and never with half a character at its end; null: there is no more. One reader at a time.</summary>
    public async ValueTask<string?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (Cut() is { } text)
                {
                    return text;
                }

                if (_ended)
                {
                    return null;
                }

                _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }

            await arrival.WaitAsync(cancellationToken);
        }
    }

    private string? Cut()
    {
        int length = Math.Min(_waiting.Length, limits.MaxCharacters);
        if (length > 0 && char.IsHighSurrogate(_waiting[length - 1]))
        {
            // Its other half is behind it or on its way; alone at the end of all it is no character, and is left out.
            length = length == 1 && _waiting.Length > 1 ? 2 : length - 1;
        }

        if (length == 0)
        {
            return null;
        }

        string text = _waiting.ToString(0, length);
        _waiting.Remove(0, length);
        return text;
    }

    private void Arrive()
    {
        TaskCompletionSource? arrival;
        lock (_gate)
        {
            (arrival, _arrival) = (_arrival, null);
        }

        arrival?.TrySetResult();
    }
}
