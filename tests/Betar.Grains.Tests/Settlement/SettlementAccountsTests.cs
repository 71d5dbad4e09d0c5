using Betar.Crypto;
using Betar.Grains.Settlement;
using Betar.X402;

namespace Betar.Grains.Tests.Settlement;

public sealed class SettlementAccountsTests : IDisposable
{
    private readonly PrivateKey[] _keys = [PrivateKey.Generate(), PrivateKey.Generate(), PrivateKey.Generate()];

    [Fact]
    public void A_payment_stays_with_its_account_and_all_accounts_get_some()
    {
        SettlementAccounts accounts = New(_keys);
        string[] payments = [.. Enumerable.Range(0, 300).Select(i => $"eip155:84532/0xabc/0xdef/{i}")];
        Assert.All(payments, payment => Assert.Same(accounts.For(payment), accounts.For(payment)));
        Assert.All(payments.CountBy(payment => accounts.For(payment).GrainKey), share => Assert.InRange(share.Value, 50, 150));
        Assert.Equal(3, payments.DistinctBy(payment => accounts.For(payment).GrainKey).Count());
    }

    [Fact]
    public void An_account_is_found_by_its_grains_key_and_no_other_is()
    {
        SettlementAccounts accounts = New(_keys[..2]);
        Assert.True(accounts.TryFind(accounts.For("a").GrainKey, out SettlementAccount? found));
        Assert.Same(accounts.For("a"), found);
        Assert.False(accounts.TryFind(New(_keys[2..]).For("a").GrainKey, out _));
    }

    [Fact]
    public void None_at_all_two_networks_and_the_same_twice_are_refused()
    {
        Assert.Throws<ArgumentException>(() => New());
        Assert.Throws<ArgumentException>(() => New(_keys[0], _keys[0]));
        Assert.Throws<ArgumentException>(() => new SettlementAccounts(
            [new SettlementAccount(NetworkId.BaseSepolia, _keys[0]), new SettlementAccount(new NetworkId(1), _keys[1])]));
    }

    public void Dispose() => Array.ForEach(_keys, key => key.Dispose());

    private static SettlementAccounts New(params PrivateKey[] keys) =>
        new([.. keys.Select(key => new SettlementAccount(NetworkId.BaseSepolia, key))]);
}
