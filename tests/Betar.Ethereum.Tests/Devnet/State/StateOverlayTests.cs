using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.State;

public sealed class StateOverlayTests
{
    static readonly AuthorizationKey _key = new(TestKeys.PayerAddress, TestKeys.NonceOf("a"));

    [Fact]
    public void Changes_show_above_and_not_below_until_they_are_merged()
    {
        var below = new LedgerState();
        var overlay = new StateOverlay(below);
        overlay.AddSupply(100);
        overlay.SetBalance(TestKeys.PayerAddress, 100);
        overlay.SetNonce(TestKeys.SenderAddress, 5);
        overlay.EndAuthorization(_key);

        Assert.Equal((100UL, 100UL, 5UL, true), Seen(overlay));
        Assert.Equal((0UL, 0UL, 0UL, false), Seen(below));
        overlay.MergeDown();
        Assert.Equal((100UL, 100UL, 5UL, true), Seen(below));
    }

    [Fact]
    public void What_is_below_shows_through()
    {
        var below = new LedgerState();
        var first = new StateOverlay(below);
        first.AddSupply(100);
        first.SetBalance(TestKeys.PayerAddress, 100);
        first.SetNonce(TestKeys.SenderAddress, 5);
        first.EndAuthorization(_key);
        first.MergeDown();

        var second = new StateOverlay(below);
        Assert.Equal((100UL, 100UL, 5UL, true), Seen(second));
        second.SetBalance(TestKeys.PayerAddress, 0);
        Assert.Equal((100UL, 0UL, 5UL, true), Seen(second));
        Assert.Equal((100UL, 100UL, 5UL, true), Seen(below));
    }

    [Fact]
    public void An_overlay_that_is_dropped_leaves_nothing()
    {
        var below = new LedgerState();
        new StateOverlay(below).SetBalance(TestKeys.PayerAddress, 1);
        Assert.Equal((0UL, 0UL, 0UL, false), Seen(below));
        Assert.Equal((0, 0), (below.Accounts, below.Authorizations));
    }

    static (ulong Supply, ulong Balance, ulong Nonce, bool Ended) Seen(IStateView state) =>
        ((ulong)state.Supply, (ulong)state.BalanceOf(TestKeys.PayerAddress), state.NonceOf(TestKeys.SenderAddress), state.IsAuthorizationEnded(_key));
}
