namespace Betar.Marketplace.Replication.Walking;

/// <summary>So much at once and so much a second after that. A debt is paid off before anything more is given.</summary>
internal sealed class Allowance
{
    private readonly double _burst;
    private readonly double _perSecond;
    private double _left;
    private DateTimeOffset _since;

    public Allowance(double burst, double perSecond, DateTimeOffset now) => (_burst, _perSecond, _left, _since) = (burst, perSecond, burst, now);

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
        return _left >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _left) / _perSecond);
    }

    private void Refill(DateTimeOffset at)
    {
        if (at <= _since)
            return;
        _left = Math.Min(_burst, _left + ((at - _since).TotalSeconds * _perSecond));
        _since = at;
    }
}
