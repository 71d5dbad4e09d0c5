namespace Betar.Marketplace.Replication;

/// <summary>What values mean, as far as quotas need to know. Pure and fast: called for every value that is merged.</summary>
public interface IEntryPolicy
{
    /// <summary>Whom the value claims as its seller; null: nobody.</summary>
    string? SellerOf(string key, ReadOnlySpan<byte> value);

    /// <summary>True: it does not give way to others when there is no room.</summary>
    bool IsVerified(string key, ReadOnlySpan<byte> value);
}
