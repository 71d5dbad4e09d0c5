using System.Text;
using Betar.Marketplace.Replication;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>The seller is what stands before the colon; the seller "verified" is.</summary>
internal sealed class ColonPolicy : IEntryPolicy
{
    public string? SellerOf(string key, ReadOnlySpan<byte> value) => value.IndexOf((byte)':') is >= 0 and var colon ? Encoding.UTF8.GetString(value[..colon]) : null;

    public bool IsVerified(string key, ReadOnlySpan<byte> value) => SellerOf(key, value) == "verified";
}
