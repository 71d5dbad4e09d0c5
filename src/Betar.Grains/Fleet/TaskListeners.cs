using Betar.Grains.Pieces;
using Betar.X402.Pieces;

namespace Betar.Grains.Fleet;

/// <summary>Who hears one agent's paid tasks in pieces, by their orders. Each hears the first run that begins after it came, and no other.</summary>
internal sealed class TaskListeners(PieceLimits limits)
{
    private readonly Dictionary<string, PieceBuffer> _waiting = new(StringComparer.Ordinal);

    /// <summary>Whoever listened for this order before hears no more.</summary>
    public PieceBuffer Open(string order)
    {
        if (_waiting.Remove(order, out PieceBuffer? earlier))
            earlier.End();
        return _waiting[order] = new PieceBuffer(limits);
    }

    public void Close(string order, PieceBuffer pieces)
    {
        pieces.End();
        if (_waiting.GetValueOrDefault(order) == pieces)
            _waiting.Remove(order);
    }

    /// <summary>A run of the order begins; null: nobody hears it.</summary>
    public PieceBuffer? Begin(string order) => order.Length > 0 && _waiting.Remove(order, out PieceBuffer? pieces) ? pieces : null;

    public static Func<string, ValueTask>? PartialOf(PieceBuffer? pieces) => pieces is null ? null : pieces.Take;
}
