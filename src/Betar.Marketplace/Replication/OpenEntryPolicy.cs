namespace Betar.Marketplace.Replication;

/// <summary>Knows no sellers and verifies nothing.</summary>
public sealed class OpenEntryPolicy : IEntryPolicy
{
    public string? SellerOf(string key, ReadOnlySpan<byte> value) => null;

    public bool IsVerified(string key, ReadOnlySpan<byte> value) => false;
}
