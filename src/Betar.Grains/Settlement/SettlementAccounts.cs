using System.Diagnostics.CodeAnalysis;
using Betar.Ethereum;
using Betar.X402;

namespace Betar.Grains.Settlement;

/// <summary>
/// The accounts that send this node's transactions on one network. A payment stays with one of them, so that whatever is sent for it again
/// stands in the same line.
/// </summary>
public sealed class SettlementAccounts
{
    private const uint FnvBasis = 2_166_136_261;
    private const uint FnvPrime = 16_777_619;

    private readonly IReadOnlyList<SettlementAccount> _accounts;

    /// <param name="accounts">One at least, all on one network, no two the same.</param>
    public SettlementAccounts(IReadOnlyList<SettlementAccount> accounts)
    {
        if (accounts.Count == 0 || accounts.Any(account => account.Network != accounts[0].Network)
            || accounts.DistinctBy(account => account.GrainKey).Count() != accounts.Count)
            throw new ArgumentException("One account at least, all on one network, no two the same.", nameof(accounts));
        _accounts = accounts;
    }

    public NetworkId Network => _accounts[0].Network;

    public SettlementAccount For(string paymentKey)
    {
        uint hash = FnvBasis;
        foreach (char letter in paymentKey)
            hash = (hash ^ letter) * FnvPrime;
        return _accounts[(int)(hash % (uint)_accounts.Count)];
    }

    /// <summary>Null for an account that is not ours.</summary>
    public SettlementAccount? Find(Address address) => _accounts.FirstOrDefault(known => known.Address == address);

    public bool TryFind(string grainKey, [NotNullWhen(true)] out SettlementAccount? account)
    {
        account = _accounts.FirstOrDefault(known => known.GrainKey == grainKey);
        return account is not null;
    }
}
