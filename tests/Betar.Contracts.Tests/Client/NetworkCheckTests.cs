using Betar.Contracts.Tests.Support;
using Betar.Ethereum.Networks;

namespace Betar.Contracts.Tests.Client;

/// <summary>What a node of the operator is compared with, on a chain with a deployed token.</summary>
public sealed class NetworkCheckTests(Anvil anvil) : ChainTest(anvil)
{
    private ChainNetwork Network => NetworkCatalog.BuiltIn.TryFind("anvil", out var network)
        ? network with { Usdc = World.Usdc.Address }
        : throw new InvalidOperationException("There is no anvil.");

    [Fact]
    public async Task The_deployed_token_agrees()
    {
        var verdict = await NetworkCheck.CheckAsync(Anvil.Chain, Network, default);

        Assert.True(verdict.Agrees, verdict.Detail);
    }

    [Fact]
    public async Task The_name_of_a_main_network_is_not_its_name() =>
        Assert.Equal("network_token_name_mismatch", (await NetworkCheck.CheckAsync(Anvil.Chain, Network with { DomainName = "USD Coin" }, default)).Code);

    [Fact]
    public async Task A_contract_that_is_no_token_is_told() =>
        Assert.Equal("network_token_not_usdc", (await NetworkCheck.CheckAsync(Anvil.Chain, Network with { Usdc = World.Vault.Address }, default)).Code);

    [Fact]
    public async Task An_account_is_no_token() =>
        Assert.Equal("network_token_not_deployed", (await NetworkCheck.CheckAsync(Anvil.Chain, Network with { Usdc = Account.Buyer.Address }, default)).Code);

    [Fact]
    public async Task Another_chain_is_told() =>
        Assert.Equal("network_chain_id_mismatch", (await NetworkCheck.CheckAsync(Anvil.Chain, Network with { ChainId = 8453 }, default)).Code);
}
