using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>Claims of one receiver, token and authoriser that go onto the chain together, and the payment of what they bring.</summary>
/// <param name="Id">Never used before: by it whoever sends knows the run again.</param>
/// <param name="Due">What the receiver is to be paid by it, earlier claims that were not paid out included.</param>
/// <param name="Since">When it was begun.</param>
public sealed record ClaimRun(Nonce Id, NetworkId Network, IReadOnlyList<BatchClaim> Claims, AtomicAmount Due, DateTimeOffset Since)
{
    public Address Receiver => Claims[0].Config.Receiver;

    public Address Token => Claims[0].Config.Token;

    /// <summary>The claims' channels, in their order.</summary>
    public IEnumerable<Hash32> Channels() => Claims.Select(claim => BatchHasher.ChannelId(Network, claim.Config));

    public override string ToString() => $"claims of {Claims.Count} channels for {Receiver}";
}
