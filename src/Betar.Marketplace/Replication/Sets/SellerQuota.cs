namespace Betar.Marketplace.Replication.Sets;

/// <summary>How many keys have a value that claims each seller.</summary>
internal sealed class SellerQuota(int most)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public bool HasRoom(string? seller) => seller is null || _counts.GetValueOrDefault(seller) < most;

    public int Of(string seller) => _counts.GetValueOrDefault(seller);

    /// <summary>A key's value claims another seller than before; null is nobody.</summary>
    public void Move(string? from, string? to)
    {
        if (from == to)
            return;
        if (from is not null && --_counts[from] == 0)
            _counts.Remove(from);
        if (to is not null)
            _counts[to] = _counts.GetValueOrDefault(to) + 1;
    }
}
