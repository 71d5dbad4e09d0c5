namespace Betar.Marketplace.Replication.Walking;

/// <summary>So much at once and so much a second after that. A debt is paid off before anything more is given.</summary>
internal sealed class Allowance(double burst, double perSecond, DateTimeOffset now)
{
    private double _left = burst;
    private DateTimeOffset _since = now;

    public bool IsOpen(DateTimeOffset at)
    {
        Refill(at);
        return _left >= 1;
    }

    public void Spend(double amount, DateTimeOffset at)
    {
        Refill(at);
        _left -= amount;
    }

    /// <summary>How long until it is open again.</summary>
    public TimeSpan Until(DateTimeOffset at)
    {
        Refill(at);
        return _left >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _left) / perSecond);
    }

    private void Refill(DateTimeOffset at)
    {
        if (at <= _since)
            return;
        _left = Math.Min(burst, _left + ((at - _since).TotalSeconds * perSecond));
        _since = at;
    }
}
