using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Vault;

/// <summary>A token that calls back while it moves money finds every door shut.</summary>
public sealed class ReentrancyTests(Anvil anvil) : VaultTest(anvil)
{
    private VaultDriver Attacked => new(Anvil, World.ReentrantVault, World.Signer);

    public static TheoryData<string, string> Doors
    {
        get
        {
            var doors = new TheoryData<string, string>();
            foreach (var open in new[] { "deposit", "release", "refund", "timeOut", "resolve" })
            {
                foreach (var inner in new[] { "deposit", "release", "refund", "timeOut", "resolve", "showReceipt", "dispute" })
                    doors.Add(open, inner);
            }

            return doors;
        }
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task No_call_gets_in_while_another_is_under_way(string outer, string inner)
    {
        await Attacked.OpenAsync("others' money");
        var terms = outer switch
        {
            "deposit" => await Attacked.TermsAsync(),
            "resolve" => await Attacked.OpenDisputedAsync(receipted: false),
            _ => await Attacked.OpenAsync(),
        };
        await World.Reentrant.SendAsync(Account.Stranger, "arm", Call(inner, terms));
        if (outer == "timeOut")
            await Anvil.WarpAsync(terms.Deadline);
        var by = outer switch { "release" => Account.Buyer, "refund" => Account.Seller, "resolve" => Account.Arbiter, _ => Account.Relayer };
        await World.ReentrantVault.SendAsync(by, outer, Arguments(outer, terms));

        Assert.True(await World.Reentrant.ReadAsync<bool>("attacked"));
        Assert.False(await World.Reentrant.ReadAsync<bool>("attackSucceeded"));
        Assert.True(World.ReentrantVault.Abi.TryDecodeError(await World.Reentrant.ReadAsync<byte[]>("attackResult"), out var refusal));
        Assert.Equal("ReentrancyGuardReentrantCall", refusal!.Name);
        Assert.Equal(outer == "deposit" ? 2 * VaultDriver.Amount : VaultDriver.Amount, await HeldAsync());
    }

    [Fact]
    public async Task The_guard_opens_again_after_each_call()
    {
        var terms = await Attacked.OpenAsync();
        await World.ReentrantVault.SendAsync(Account.Buyer, "release", terms.Argument);

        Assert.Equal(0UL, await HeldAsync());
    }

    private async Task<ulong> HeldAsync() => (ulong)await World.Reentrant.ReadAsync<UInt256>("balanceOf", World.ReentrantVault.Address);

    private byte[] Call(string function, Terms terms) => World.ReentrantVault.Abi.Function(function).Encode(Arguments(function, terms));

    private object[] Arguments(string function, Terms terms) => function switch
    {
        "deposit" => Attacked.Deposit(terms),
        "showReceipt" => [terms.Argument, VaultDriver.Answer.ToArray(), Attacked.Receipt(Account.Buyer, terms)],
        "resolve" => [terms.Argument, UInt256.Zero],
        _ => [terms.Argument],
    };
}
