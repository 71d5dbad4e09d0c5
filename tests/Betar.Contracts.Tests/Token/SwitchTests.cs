using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Token;

/// <summary>The owner's switches, over every way in which money or allowances move.</summary>
public sealed class SwitchTests(Anvil anvil) : ChainTest(anvil)
{
    private const string Blocked = "Blacklistable: account is blacklisted";
    private const string Paused = "Pausable: paused";

    private static readonly Hash32 Nonce = TypedData.Label("switch");

    private Contract Token => World.Usdc;

    public static TheoryData<string> Ways => ["transfer", "approve", "transferFrom", "permit", "transferWithAuthorization", "receiveWithAuthorization"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_paused_token_moves_nothing(string way)
    {
        var (from, function, arguments) = await PrepareAsync(way);
        var pause = await Token.SendAsync(Account.Owner, "pause");
        await Token.RevertsAsync(Paused, from, function, arguments);
        var unpause = await Token.SendAsync(Account.Owner, "unpause");
        await Token.SendAsync(from, function, arguments);

        Assert.Equal(["Pause", "Unpause"], Token.Events(pause).Concat(Token.Events(unpause)).Select(record => record.Name));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Whoever_is_blocked_gives_nothing(string way)
    {
        var (from, function, arguments) = await PrepareAsync(way);
        await Token.SendAsync(Account.Owner, "blacklist", Account.Buyer.Address);
        await Token.RevertsAsync(Blocked, from, function, arguments);
        await Token.SendAsync(Account.Owner, "unBlacklist", Account.Buyer.Address);
        await Token.SendAsync(from, function, arguments);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Whoever_is_blocked_gets_nothing(string way)
    {
        var (from, function, arguments) = await PrepareAsync(way);
        var on = await Token.SendAsync(Account.Owner, "blacklist", Account.Seller.Address);
        Assert.True(await Token.ReadAsync<bool>("isBlacklisted", Account.Seller.Address));
        await Token.RevertsAsync(Blocked, from, function, arguments);
        var off = await Token.SendAsync(Account.Owner, "unBlacklist", Account.Seller.Address);
        await Token.SendAsync(from, function, arguments);

        Assert.Equal(["Blacklisted", "UnBlacklisted"], Token.Events(on).Concat(Token.Events(off)).Select(record => record.Name));
        Assert.Equal(Account.Seller.Address, Token.Events(on).Single()["account"]);
    }

    [Fact]
    public async Task A_blocked_spender_takes_nothing()
    {
        var (_, function, arguments) = await PrepareAsync("transferFrom");
        await Token.SendAsync(Account.Owner, "blacklist", Account.Relayer.Address);
        await Token.RevertsAsync(Blocked, Account.Relayer, function, arguments);
    }

    [Fact]
    public async Task A_paused_token_cancels_nothing_but_the_blocked_may_cancel()
    {
        var signature = World.Signer.Cancel(Account.Buyer, Account.Buyer.Address, Nonce);
        object[] arguments = [Account.Buyer.Address, Nonce.ToArray(), signature];
        await Token.SendAsync(Account.Owner, "pause");
        await Token.RevertsAsync(Paused, Account.Relayer, "cancelAuthorization(address,bytes32,bytes)", arguments);
        await Token.SendAsync(Account.Owner, "unpause");
        await Token.SendAsync(Account.Owner, "blacklist", Account.Buyer.Address);
        await Token.SendAsync(Account.Relayer, "cancelAuthorization(address,bytes32,bytes)", arguments);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("unpause")]
    [InlineData("blacklist")]
    [InlineData("unBlacklist")]
    public async Task The_switches_are_the_owners(string function)
    {
        object[] arguments = function.EndsWith("list", StringComparison.Ordinal) ? [Account.Seller.Address] : [];
        var error = await Token.RevertsAsync(Account.Stranger, function, arguments);

        Assert.Equal($"OwnableUnauthorizedAccount({Account.Stranger.Address})", error.ToString());
    }

    /// <summary>A call by which the buyer gives the seller something, and who may send it.</summary>
    private async Task<(Account From, string Function, object[] Arguments)> PrepareAsync(string way)
    {
        var (buyer, seller) = (Account.Buyer.Address, Account.Seller.Address);
        UInt256 amount = 10;
        UInt256 never = TokenSigner.Never;
        switch (way)
        {
            case "transferFrom":
                await Token.SendAsync(Account.Buyer, "approve", Account.Relayer.Address, amount);
                return (Account.Relayer, way, [buyer, seller, amount]);
            case "permit":
                return (Account.Relayer, "permit(address,address,uint256,uint256,bytes)",
                    [buyer, seller, amount, never, World.Signer.Permit(Account.Buyer, buyer, seller, amount, UInt256.Zero, never)]);
            case "transferWithAuthorization":
                return (Account.Relayer, way + "(address,address,uint256,uint256,uint256,bytes32,bytes)",
                    [buyer, seller, amount, UInt256.Zero, never, Nonce.ToArray(), World.Signer.Transfer(Account.Buyer, buyer, seller, amount, Nonce)]);
            case "receiveWithAuthorization":
                return (Account.Seller, way + "(address,address,uint256,uint256,uint256,bytes32,bytes)",
                    [buyer, seller, amount, UInt256.Zero, never, Nonce.ToArray(), World.Signer.Receive(Account.Buyer, buyer, seller, amount, Nonce)]);
            default:
                return (Account.Buyer, way, [seller, amount]);
        }
    }
}
