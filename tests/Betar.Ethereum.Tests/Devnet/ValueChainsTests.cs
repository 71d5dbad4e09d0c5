using Betar.Ethereum.Devnet;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class ValueChainsTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(10UL)]
    [InlineData(56UL)]
    [InlineData(100UL)]
    [InlineData(130UL)]
    [InlineData(137UL)]
    [InlineData(143UL)]
    [InlineData(146UL)]
    [InlineData(324UL)]
    [InlineData(4326UL)]
    [InlineData(5000UL)]
    [InlineData(8453UL)]
    [InlineData(42161UL)]
    [InlineData(42220UL)]
    [InlineData(43114UL)]
    [InlineData(59144UL)]
    [InlineData(534352UL)]
    public void Money_is_real_there(ulong chainId) => Assert.True(ValueChains.Contains(chainId));

    [Theory]
    [InlineData(1337UL)]
    [InlineData(31337UL)]
    [InlineData(80002UL)] // Polygon Amoy
    [InlineData(84532UL)] // Base Sepolia
    [InlineData(43113UL)] // Avalanche Fuji
    [InlineData(421614UL)] // Arbitrum Sepolia
    [InlineData(11155111UL)] // Sepolia
    [InlineData(11155420UL)] // OP Sepolia
    public void Nothing_is_worth_anything_there(ulong chainId) => Assert.False(ValueChains.Contains(chainId));
}
