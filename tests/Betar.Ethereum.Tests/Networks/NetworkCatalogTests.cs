using Betar.Crypto;
using Betar.Ethereum.Eip712;
using Betar.Ethereum.Networks;

namespace Betar.Ethereum.Tests.Networks;

/// <summary>The networks that come with the program, against lists and hashes that were made elsewhere.</summary>
public sealed class NetworkCatalogTests
{
    [Theory]
    [InlineData("base", 8453, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "USD Coin", true)]
    [InlineData("base-sepolia", 84532, "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "USDC", false)]
    [InlineData("ethereum", 1, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "USD Coin", true)]
    [InlineData("sepolia", 11155111, "0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238", "USDC", false)]
    [InlineData("polygon", 137, "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359", "USD Coin", true)]
    [InlineData("arbitrum", 42161, "0xaf88d065e77c8cC2239327C5EDb3A432268e5831", "USD Coin", true)]
    [InlineData("optimism", 10, "0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85", "USD Coin", true)]
    [InlineData("avalanche", 43114, "0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E", "USD Coin", true)]
    public void A_public_network_has_its_token_and_its_signing_domain(string name, ulong id, string usdc, string domain, bool value)
    {
        Assert.True(NetworkCatalog.BuiltIn.TryFind(name, out var network));

        Assert.Equal((name, id, $"eip155:{id}", value), (network.Name, network.ChainId, network.Caip2, network.CarriesValue));
        Assert.Equal((usdc, domain, "2", 6), (network.Usdc.ToString(), network.DomainName, network.DomainVersion, network.Decimals));
        Assert.True(NetworkCatalog.BuiltIn.TryFind(network.Caip2, out var again));
        Assert.Same(network, again);
        Assert.StartsWith("https://", network.Explorer, StringComparison.Ordinal);
        Assert.Empty(network.RpcUrls);
    }

    [Theory]
    [InlineData("base-sepolia", "0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818")]
    [InlineData("base", "0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f")]
    [InlineData("ethereum", "0x06c37168a7db5138defc7866392bb87a741f9b3d104deb5094588ce041cae335")]
    public void A_signing_domain_has_the_separator_of_its_chain(string name, string separator)
    {
        Assert.True(NetworkCatalog.BuiltIn.TryFind(name, out var network));
        var domain = new TypedDomain
        {
            Name = network.DomainName, Version = network.DomainVersion, ChainId = network.ChainId, VerifyingContract = network.Usdc,
        };

        Assert.Equal(Hash32.Parse(separator), domain.Separator());
    }

    [Fact]
    public void Anvils_token_is_the_first_contract_of_its_creator()
    {
        using var creator = PrivateKey.Import(Keccak256.Hash("betar chain up"u8));
        Assert.True(NetworkCatalog.BuiltIn.TryFind("anvil", out var anvil));

        Assert.Equal(ContractAddress.OfCreate(Address.FromKey(creator), 0), anvil.Usdc);
        Assert.Equal((31337UL, false, 1), (anvil.ChainId, anvil.CarriesValue, anvil.Confirmations));
    }

    [Fact]
    public void The_devnet_stands_for_base_sepolia_and_the_id_means_the_chain_itself()
    {
        Assert.True(NetworkCatalog.BuiltIn.TryFind("devnet", out var devnet));
        Assert.True(NetworkCatalog.BuiltIn.TryFind("eip155:84532", out var chain));

        Assert.Equal((chain.ChainId, chain.Usdc, chain.DomainName), (devnet.ChainId, devnet.Usdc, devnet.DomainName));
        Assert.Equal("base-sepolia", chain.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Base")]
    [InlineData("mainnet")]
    [InlineData("eip155:")]
    [InlineData("eip155:08453")]
    [InlineData("eip155:+8453")]
    [InlineData("eip155: 8453")]
    [InlineData("eip155:8453x")]
    [InlineData("eip155:99999999999999999999999")]
    [InlineData("eip155:2")]
    [InlineData("EIP155:8453")]
    [InlineData("solana:8453")]
    public void What_names_no_network_finds_none(string name)
    {
        Assert.False(NetworkCatalog.BuiltIn.TryFind(name, out var network));
        Assert.Null(network);
    }

    [Fact]
    public void A_transaction_has_a_link_where_there_is_an_explorer()
    {
        Assert.True(NetworkCatalog.BuiltIn.TryFind("base", out var network));
        Assert.True(NetworkCatalog.BuiltIn.TryFind("devnet", out var devnet));

        Assert.Equal($"https://basescan.org/tx/{Hash32.Zero}", network.LinkTo(Hash32.Zero));
        Assert.Null(devnet.LinkTo(Hash32.Zero));
        Assert.Equal("base (eip155:8453)", network.ToString());
    }
}
