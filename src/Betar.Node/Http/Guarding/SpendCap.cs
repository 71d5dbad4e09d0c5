using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Http.Guarding;

/// <summary>What callers without a token may spend in all. Each purchase holds what it may cost at most until it is known what it did cost.</summary>
internal sealed class SpendCap(AtomicAmount cap)
{
    private readonly Lock _lock = new();
    private AtomicAmount _left = cap;

    public AtomicAmount Left
    {
        get
        {
            lock (_lock)
                return _left;
        }
    }

    /// <summary>Holds so much, or says that there is no more.</summary>
    public Checked<AtomicAmount> Hold(AtomicAmount amount)
    {
        lock (_lock)
        {
            if (amount > _left)
                return ErrorCatalog.SpendCapReached.Refuse($"{amount.ToUsdc()} USDC are more than the {_left.ToUsdc()} that are left");
            _left -= amount;
            return amount;
        }
    }

    /// <summary>What was held and not spent after all.</summary>
    public void GiveBack(AtomicAmount amount)
    {
        lock (_lock)
            _left += amount;
    }
}
