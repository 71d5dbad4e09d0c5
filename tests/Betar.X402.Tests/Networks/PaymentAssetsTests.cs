using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Networks;

public class PaymentAssetsTests
{
    [Fact]
    public void The_default_list_holds_the_originals_token_and_nothing_else()
    {
        var assets = PaymentAssets.Default;
        Assert.True(assets.Accepts(NetworkId.BaseSepolia));
        Assert.False(assets.Accepts(new NetworkId(8453)));
        Assert.True(assets.TryFind(NetworkId.BaseSepolia, Address.Parse(Golden.Usdc), out var usdc));
        Assert.Equal("USDC", usdc.Domain.Name);
        Assert.Equal("2", usdc.Domain.Version);
        Assert.Equal(84532UL, usdc.Domain.ChainId);
        Assert.Equal("0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818", usdc.Domain.Separator.ToString());
    }

    [Fact]
    public void A_token_is_found_on_its_own_network_only()
    {
        var assets = new PaymentAssets(
        [
            PaymentAsset.BaseSepoliaUsdc,
            new PaymentAsset(new NetworkId(31337), Address.Parse("0x2ed99c696a0992747886c1a29bd81e4d055c2a57"), "Test", "1"),
        ]);
        Assert.True(assets.Accepts(new NetworkId(31337)));
        Assert.False(assets.TryFind(new NetworkId(31337), Address.Parse(Golden.Usdc), out _));
        Assert.False(assets.TryFind(NetworkId.BaseSepolia, Address.Zero, out _));
    }

    [Fact]
    public void One_token_twice_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => new PaymentAssets([PaymentAsset.BaseSepoliaUsdc, PaymentAsset.BaseSepoliaUsdc]));
}
